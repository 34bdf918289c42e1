import { answerFor } from '../../src/terraform/answer';
import { serve } from '../../src/terraform/serve';
import { fixtureProvider } from './fixture-provider';

void serve(fixtureProvider.address, () => Promise.resolve(answerFor(fixtureProvider)));
if (process.env.FIXTURE_NOISE) console.info(process.env.FIXTURE_NOISE);
