/** Address and version of the provider. */
import { version } from '../package.json';

/** Source address without a registry's host, so that Terraform and OpenTofu each take it for their own. */
export const address = 'phonestate/vicidial';

export { version };
