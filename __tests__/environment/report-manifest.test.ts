/** `phonestate.json`: what synthesis writes for reports. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { EnvironmentStack } from '../../src';
import { manifestOf } from '../../src/environment/report-manifest';
import { findManifest } from '../../src/report/manifest';
import { readFrom } from './environment-of';

const lab = readFrom({
  'lab.yaml': `version: 1
provider: { url: https://lab.example.com/vicidial/non_agent_api.php, user: { variable: api_user } }
servers: { east: 10.0.0.11 }
limits: { destroy: 10%, update: 30 }
defaults: { protocol: SIP }
phones:
  - { server: east, extension: "55000", phone_login: "55000" }
  - { server: east, extension: "55001", phone_login: "55001" }
aliases:
  - { alias_id: desks, alias_name: Desks, phone_logins: ["55000"] }
`,
});

test('has title, limits, and file and line of each object', () => {
  expect(manifestOf(lab)).toEqual({
    title: 'lab',
    limits: { destroy: '10%', update: 30 },
    origins: {
      'vicidial_phone.phone-east-55000': { file: 'lab.yaml', line: 7 },
      'vicidial_phone.phone-east-55001': { file: 'lab.yaml', line: 8 },
      'vicidial_phone_alias.alias-desks': { file: 'lab.yaml', line: 10 },
    },
  });
});

test('is written beside cdk.tf.json, and found beside a plan there', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'phonestate-manifest-'));
  try {
    const app = new App({ outdir });
    new EnvironmentStack(app, 'lab', lab);
    app.synth();
    const folder = join(outdir, 'stacks', 'lab');
    expect(Object.keys(manifestOf(lab).origins)).toEqual(
      Object.entries(
        (JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8')) as { resource: Record<string, object> })
          .resource,
      ).flatMap(([type, resources]) => Object.keys(resources).map((name) => `${type}.${name}`)),
    );
    expect(findManifest(join(folder, 'plan.json'), undefined)).toEqual({ version: 1, ...manifestOf(lab) });
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
});
