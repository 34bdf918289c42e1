/** The program that Terraform starts. */
import { address } from '../address';
import { serve } from '../terraform/plugin/serve';

void serve(address, () => import('./plugin').then(({ answer }) => answer));
