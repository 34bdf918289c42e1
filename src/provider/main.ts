/** The program that Terraform starts. */
import { address } from '../address';
import { serve } from '../terraform/plugin/serve';

void serve({
  address,
  load: () => import('./plugin').then(({ newDispatcher }) => newDispatcher()),
  usage:
    'Install it with "phonestate install" and run "terraform init", or start it with --debug to attach a debugger.',
});
