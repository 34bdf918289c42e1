/**
 * The parts of undici that a form post needs: all of it (fetch, WebSocket, caches) takes five times as long to load.
 * The build keeps this module apart, so that a process which makes no call never reads it.
 */
export { request } from 'undici/lib/api';
export { default as Pool } from 'undici/lib/dispatcher/pool';
