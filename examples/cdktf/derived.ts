import { App } from 'cdktf';
import { deriveEnvironment, EnvironmentStack, readEnvironment } from 'phonestate';

const app = new App();
const production = readEnvironment('stacks/environments/production.yaml');
new EnvironmentStack(app, 'production', production);

const lab = deriveEnvironment(production, {
  provider: { url: 'https://lab.example.com/vicidial/non_agent_api.php' },
  servers: { lab: '10.9.0.11' },
  only: { server: 'east' },
  mapping: { servers: { east: 'lab' }, extension: { add: 40000 } },
  defaults: { phone_pass: { variable: 'lab_pass' }, registration_password: { variable: 'lab_registration' } },
});
new EnvironmentStack(app, 'lab', lab);
app.synth();
