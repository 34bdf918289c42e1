/** The fixture as it runs on Windows: it listens on a port. */
import { createDispatcher, serve } from '../../src/terraform';
import { fixtureProvider } from './fixture-provider';

void serve({
  address: fixtureProvider.address,
  load: () => Promise.resolve(createDispatcher(fixtureProvider)),
  network: 'tcp',
});
