/** A VICIdial as companies have it: reached through a proxy, behind a gate, with certificates of their own. */
import { nodeProviderFile } from '../../testing/provider-file';
import { useTemporaryFolder } from '../temporary-folder';
import { useNetwork } from '../vicidial/connection/gates';
import { applyThroughGates } from './access-run';

jest.setTimeout(120_000);

const network = useNetwork();
const temporary = useTemporaryFolder();

test('an apply passes proxy, gate and certificates, and no output has a secret of them', () =>
  applyThroughGates(network, temporary.path, { file: nodeProviderFile }));
