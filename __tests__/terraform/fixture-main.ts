import { createDispatcher } from '../../src/terraform/rpc/dispatch';
import { serve } from '../../src/terraform/plugin/serve';
import { fixtureProvider } from './fixture-provider';

void serve(fixtureProvider.address, () => Promise.resolve(createDispatcher(fixtureProvider)));
if (process.env.FIXTURE_NOISE) console.info(process.env.FIXTURE_NOISE);
