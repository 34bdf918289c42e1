/** The part of mysql2 that a reader needs. The build keeps this module apart, so that only a run with a database reads it. */
export { createPool } from 'mysql2/promise';
