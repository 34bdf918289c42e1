declare module 'undici/lib/dispatcher/pool' {
  export { Pool as default } from 'undici';
}

declare module 'undici/lib/api' {
  import type { Dispatcher } from 'undici';

  /** What the whole package mixes into every dispatcher as its method `request`. */
  export function request(this: Dispatcher, options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData>;
}
