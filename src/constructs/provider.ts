import { booleanToTerraform, numberToTerraform, stringToTerraform, TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { address, version } from '../address';

export interface VicidialProviderProps {
  /** Address of the non-agent API; VICIDIAL_URL when left out. */
  readonly url?: string;
  /** API user; VICIDIAL_USER when left out. */
  readonly user?: string;
  /** Its password, a sensitive variable at best; VICIDIAL_PASSWORD when left out. */
  readonly password?: string;
  /** Name of the calls in the API log, 2 to 20 letters or digits. */
  readonly source?: string;
  /** Seconds that one call may take. */
  readonly requestTimeoutSeconds?: number;
  /** Calls that may be under way at once. */
  readonly maxConcurrency?: number;
  /** Certificate of the authority that signed the server's, as PEM text. */
  readonly caCertificate?: string;
  /** Whether the system has `use_non_latin` on, so that letters of every script survive. */
  readonly nonLatin?: boolean;
  /** What a plan does about deleting: warn, find out by a throw-away alias, or refuse. */
  readonly deletePermissionCheck?: 'none' | 'canary' | 'deny';
  /** Needed where a stack has two of these. */
  readonly alias?: string;
}

/** The provider `vicidial`: which VICIdial the phones of a stack belong to. */
export class VicidialProvider extends TerraformProvider {
  static readonly tfResourceType = 'vicidial';

  constructor(
    scope: Construct,
    id: string,
    private readonly props: VicidialProviderProps = {},
  ) {
    super(scope, id, {
      terraformResourceType: VicidialProvider.tfResourceType,
      terraformGeneratorMetadata: { providerName: 'vicidial', providerVersion: version, providerVersionConstraint: version },
      terraformProviderSource: address,
    });
  }

  override get alias(): string | undefined {
    return this.props.alias;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { url, user, password, source, requestTimeoutSeconds, maxConcurrency, caCertificate, nonLatin, deletePermissionCheck, alias } = this.props;
    return {
      url: stringToTerraform(url),
      user: stringToTerraform(user),
      password: stringToTerraform(password),
      source: stringToTerraform(source),
      request_timeout_seconds: numberToTerraform(requestTimeoutSeconds),
      max_concurrency: numberToTerraform(maxConcurrency),
      ca_certificate: stringToTerraform(caCertificate),
      non_latin: booleanToTerraform(nonLatin),
      delete_permission_check: stringToTerraform(deletePermissionCheck),
      alias: stringToTerraform(alias),
    };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    const attributes = Object.entries(this.synthesizeAttributes()).filter(([, value]) => value !== undefined);
    return Object.fromEntries(
      attributes.map(([name, value]) => [name, { value, isBlock: false, type: 'simple', storageClassType: name.endsWith('_seconds') || name.startsWith('max_') ? 'number' : 'string' }]),
    );
  }
}
