import { App, TerraformStack, TerraformVariable } from 'cdktf';
import { Phone, PhoneAlias, VicidialProvider } from 'phonestate';

const app = new App();
const stack = new TerraformStack(app, 'front-desk');

// The URL and the API login are read from VICIDIAL_URL, VICIDIAL_USER and VICIDIAL_PASSWORD.
new VicidialProvider(stack, 'vicidial');

const secret = (name: string) => new TerraformVariable(stack, name, { type: 'string', sensitive: true }).stringValue;

const desk = new Phone(stack, 'front-desk', {
  serverIp: '10.0.0.11',
  extension: '55000',
  dialplanNumber: '55000',
  voicemailId: '55000',
  phoneLogin: '55000',
  phonePass: secret('phone_pass'),
  registrationPassword: secret('registration_password'),
  protocol: 'SIP',
  phoneFullName: 'Front desk',
  localGmt: '-5.00',
  outboundCid: '7275551212',
  phoneRingTimeout: 45,
});

new PhoneAlias(stack, 'desks', { aliasId: 'desks', aliasName: 'All desks', phoneLogins: [desk.phoneLogin] });

app.synth();
