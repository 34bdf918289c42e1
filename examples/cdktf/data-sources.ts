import { App, TerraformOutput, TerraformStack } from 'cdktf';
import { DataVicidialPhones, VicidialProvider } from 'phonestate';

const app = new App();
const stack = new TerraformStack(app, 'sales');

// The URL and the API login are read from VICIDIAL_URL, VICIDIAL_USER and VICIDIAL_PASSWORD.
new VicidialProvider(stack, 'vicidial');

const sales = new DataVicidialPhones(stack, 'sales', { adminUserGroup: 'SALES', extensionPattern: '55*' });

new TerraformOutput(stack, 'front-desk-login', { value: sales.phones.get('10.0.0.11/55000').phoneLogin });

app.synth();
