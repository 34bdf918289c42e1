import { App, TerraformStack, TerraformVariable } from 'cdktf';
import { Phone, PhoneAlias, PhoneGroup, PhoneRange, Seat, Unmanaged, VicidialProvider } from 'phonestate';

const app = new App();
const stack = new TerraformStack(app, 'sales');
new VicidialProvider(stack, 'vicidial');

const secret = (name: string) => new TerraformVariable(stack, name, { type: 'string', sensitive: true }).stringValue;
const common = {
  protocol: 'SIP',
  localGmt: '-5.00',
  outboundCid: '7275551212',
  phonePass: secret('phone_pass'),
  registrationPassword: secret('registration_password'),
};
const numbered = { dialplanNumber: '{extension}', voicemailId: '{extension}', phoneLogin: '{extension}' };

// Phones of one server with shared defaults; each may have values of its own.
const sales = new PhoneGroup(stack, 'sales', {
  serverIp: '10.0.0.11',
  defaults: { ...common, email: 'sales@example.com' },
  phones: {
    '55000': { dialplanNumber: '55000', voicemailId: '55000', phoneLogin: '55000', phoneFullName: 'Front desk' },
    '55001': {
      ...{ dialplanNumber: '55001', voicemailId: '55001', phoneLogin: '55001', phoneFullName: 'Back office' },
      email: Unmanaged,
    },
  },
});

// A phone alias over them. The references make Terraform create the phones first.
new PhoneAlias(stack, 'sales-alias', {
  aliasId: 'sales',
  aliasName: 'Sales',
  phoneLogins: Object.values(sales.phones).map(({ phoneLogin }) => phoneLogin),
});

// 50 phones, one of them with a name of its own and one left out.
new PhoneRange(stack, 'desks', {
  serverIp: '10.0.0.11',
  extensions: '55100-55149',
  phone: { ...common, ...numbered, phoneFullName: 'Desk {index}' },
  exceptions: { '55105': { phoneFullName: 'Reception' }, '55113': 'without' },
});

// One extension on two servers, with a login for each, and a phone alias over them.
new Seat(stack, 'seat', {
  extension: '2000',
  servers: { east: { serverIp: '10.0.0.11', suffix: 'a' }, west: { serverIp: '10.0.0.12', suffix: 'b' } },
  phone: {
    ...common,
    dialplanNumber: '{extension}',
    voicemailId: '{extension}',
    phoneFullName: 'Seat {extension}{suffix}',
  },
});

// A phone that exists already: the first apply imports it.
const reception = new Phone(stack, 'reception', {
  serverIp: '10.0.0.12',
  extension: '56000',
  outboundCid: '7275551213',
});
reception.importFrom('10.0.0.12/56000');

app.synth();
