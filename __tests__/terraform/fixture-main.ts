import { createDispatcher, serve } from '../../src/terraform';
import { fixtureProvider } from './fixture-provider';

void serve({ address: fixtureProvider.address, load: () => Promise.resolve(createDispatcher(fixtureProvider)) });
if (process.env.FIXTURE_NOISE) console.info(process.env.FIXTURE_NOISE);
