import { Authors, type DifferenceKind } from '../../src/drift/authors';
import type { AdminEvent } from '../../src/model/admin-event';

const [east, west] = ['10.0.0.11', '10.0.0.12'];

function event(action: string, fields: Partial<AdminEvent> = {}): AdminEvent {
  const at = '2026-11-20 10:00:00';
  return { about: 'phone', action, recordId: '55000', user: 'anna', at, code: 'ADMIN PHONE', notes: '', ...fields };
}

const byApi = (server: string) => ({ code: 'ADMIN API UPDATE PHONE', notes: `phone: 55000|${server}` });
const byPage = (now: string, before: string) => ({
  code: 'ADMIN MODIFY PHONE',
  notes: `Server IP: ${now}   Old Server IP: ${before}`,
});

function find(events: readonly AdminEvent[], kind: DifferenceKind, servers = [east], idLength?: number) {
  const authors = new Authors(events, { idLength, user: '6666', serversOf: new Map([['55000', servers]]) });
  return authors.find({ about: 'phone', id: '55000', server: east }, kind);
}

describe('the author of a change', () => {
  test('is the user of the latest entry about this very phone', () => {
    const events = [
      event('MODIFY', { ...byPage(east, east), user: 'anna', at: '2026-11-20 10:00:00' }),
      event('MODIFY', { ...byPage(east, east), user: 'bert', at: '2026-11-21 10:00:00' }),
      event('MODIFY', { ...byPage(west, west), user: 'other', at: '2026-11-22 10:00:00' }),
      event('MODIFY', { ...byApi(west), user: 'other', at: '2026-11-23 10:00:00' }),
      event('DELETE', { ...byApi(east), user: 'other', at: '2026-11-24 10:00:00' }),
      event('MODIFY', { about: 'phone alias', user: 'other', at: '2026-11-25 10:00:00' }),
      event('MODIFY', { ...byApi(east), recordId: '55001', user: 'other', at: '2026-11-26 10:00:00' }),
    ];
    expect(find(events, 'changed', [east, west])).toEqual({
      at: '2026-11-21 10:00:00',
      user: 'bert',
      action: 'MODIFY',
      by: 'admin pages',
      isReader: false,
      mayBeOf: [],
    });
  });

  test('is marked where it is the API user of the report: what came later is not in the log', () => {
    expect(find([event('MODIFY', { ...byApi(east), user: '6666' })], 'changed')).toMatchObject({
      by: 'api',
      isReader: true,
    });
    expect(find([event('MODIFY', { ...byPage(east, east), user: '6666' })], 'changed')).toMatchObject({
      isReader: false,
    });
  });

  test('of a deletion by page is in unknownServer where another server has the extension too', () => {
    expect(find([event('DELETE')], 'missing')).toMatchObject({ user: 'anna', mayBeOf: [] });
    expect(find([event('DELETE')], 'missing', [west, east])).toMatchObject({ user: 'anna', mayBeOf: [west] });
    expect(find([event('DELETE', byApi(east))], 'missing', [west, east])).toMatchObject({ mayBeOf: [] });
    expect(find([event('DELETE', byApi(west))], 'missing', [west, east])).toBeUndefined();
  });

  test('of a missing phone may have moved it to another server, and of an unmanaged one from there', () => {
    expect(find([event('MODIFY', byPage(west, east))], 'missing')).toMatchObject({ user: 'anna', action: 'MODIFY' });
    expect(find([event('MODIFY', byPage(east, west))], 'unmanaged')).toMatchObject({ user: 'anna', action: 'MODIFY' });
    expect(find([event('MODIFY', byPage(east, east))], 'missing')).toBeUndefined();
    expect(find([event('MODIFY', byPage(east, east))], 'unmanaged')).toBeUndefined();
  });

  test.each(['ADD', 'COPY'])('of an unmanaged phone is that of %s', (action) => {
    expect(find([event(action)], 'unmanaged', [east, west])).toMatchObject({ user: 'anna', mayBeOf: [west] });
  });

  test('is found where the log keeps the beginning of an extension only', () => {
    expect(find([event('ADD', { recordId: '550' })], 'unmanaged')).toBeUndefined();
    expect(find([event('ADD', { recordId: '550' })], 'unmanaged', [east], 3)).toMatchObject({ user: 'anna' });
  });

  test('is found without the columns of later builds, of which neither way nor server is known', () => {
    const entry = event('MODIFY', { code: '', notes: '' });
    expect(find([entry], 'changed', [east, west])).toMatchObject({ user: 'anna', by: 'unknown', mayBeOf: [west] });
  });

  test('of a phone alias needs no server', () => {
    const entry = event('MODIFY', { about: 'phone alias', recordId: 'Desks' });
    const authors = new Authors([entry], { idLength: undefined, user: '6666', serversOf: new Map() });
    expect(authors.find({ about: 'phone alias', id: 'desks' }, 'changed')).toMatchObject({ user: 'anna', mayBeOf: [] });
  });
});
