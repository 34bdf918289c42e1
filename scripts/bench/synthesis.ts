/** Synthesises the stack of an environment file with cdktf. Usage: tsx synthesis.ts FILE FOLDER */
import { App } from 'cdktf';
import { readEnvironment } from '../../src/environment/read-environment';
import { EnvironmentStack } from '../../src/environment/environment-stack';

const [file = '', outdir = ''] = process.argv.slice(2);
const app = new App({ outdir });
new EnvironmentStack(app, 'fleet', readEnvironment(file));
app.synth();
