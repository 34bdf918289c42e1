/**
 * The tests of the constructs once more, on the library of CDK Terrain. It is in the place of cdktf for everything that
 * this file imports.
 */
jest.mock('cdktf', (): unknown => jest.requireActual('cdktn'));

import { TerraformStack } from 'cdktf';
import './alias-phones.test';
import './bindings.test';
import './data-sources.test';
import './duplicates.test';
import './phone-group.test';
import './phone-range.test';
import './phone.test';
import './provider.test';
import './seat.test';
import './shared-values.test';
import './synthesised-checks.test';
import './table-resource.test';
import './unknown-names.test';
import './unresolved.test';
import './values.test';

test('the library is that of CDK Terrain', () => {
  expect(TerraformStack).toBe(jest.requireActual<{ TerraformStack: unknown }>('cdktn').TerraformStack);
});
