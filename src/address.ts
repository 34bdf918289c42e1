/** What the provider is called and which version this is: for every room that has to name it. */
import { version } from '../package.json';

/** Source address without a registry's host, so that Terraform and OpenTofu each take it for their own. */
export const address = 'phonestate/vicidial';

export { version };
