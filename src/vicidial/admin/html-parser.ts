/** The parser of HTML. The build keeps this module apart, so that only a run with the admin pages reads it. */
export { Parser, type Handler } from 'htmlparser2';
