import { phone, useStage } from './harness';

jest.setTimeout(120_000);

describe('the life of a phone, with the real terraform', () => {
  const stage = useStage();

  test('creation makes one call a phone, and a second one only for what add_phone cannot carry', async () => {
    stage.declare({ plain: phone('55000', { email: 'desk@example.com', active: 'Y' }), ringing: phone('55001', { phone_ring_timeout: 45 }) });
    await stage.workspace.expectApply();
    expect(stage.writes().sort()).toEqual([
      'add_phone extension=55000 server_ip=10.0.0.11 local_gmt=-5.00 email=desk@example.com phone_full_name=Desk 55000 registration_password=*** protocol=SIP phone_pass=*** phone_login=55000 voicemail_id=55000 dialplan_number=55000 outbound_cid=7275551212',
      'add_phone extension=55001 server_ip=10.0.0.11 local_gmt=-5.00 phone_full_name=Desk 55001 registration_password=*** protocol=SIP phone_pass=*** phone_login=55001 voicemail_id=55001 dialplan_number=55001 outbound_cid=7275551212',
      'update_phone extension=55001 server_ip=10.0.0.11 phone_ring_timeout=45',
    ]);
    expect(stage.dialer.store.phone('10.0.0.11', '55001')?.phone_ring_timeout).toBe('45');
  });
});
