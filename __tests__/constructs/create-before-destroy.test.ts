import { Aspects } from 'cdktf';
import { Resource as NullResource } from '@cdktf/provider-null/lib/resource';
import { NullProvider } from '@cdktf/provider-null/lib/provider';
import { Phone, PhoneAlias, PhoneGroup } from '../../src';
import { synth } from './synthesis';

const desk = { serverIp: '10.0.0.11', extension: '55000', phoneLogin: '55000' };
const lifecycle = { createBeforeDestroy: true };

describe('createBeforeDestroy of a phone', () => {
  test('is refused with the path, the reason and what to do', () => {
    const build = () => synth((stack) => new Phone(stack, 'desk', { ...desk, lifecycle }));
    expect(build).toThrow(/\[test\] test\/desk has lifecycle\.createBeforeDestroy, .*still has the phone login/u);
    expect(build).toThrow(/Remove createBeforeDestroy\..* declare a second phone/u);
  });

  test('is refused without a phone login too: a new phone needs one, so no replacement can come first', () => {
    const { serverIp, extension } = desk;
    expect(() => synth((stack) => new Phone(stack, 'desk', { serverIp, extension, lifecycle }))).toThrow(
      'test/desk has lifecycle.createBeforeDestroy',
    );
  });

  test('is refused for each phone that gets it from the defaults of a group', () => {
    const build = () =>
      synth(
        (stack) =>
          new PhoneGroup(stack, 'sales', {
            serverIp: '10.0.0.11',
            defaults: { lifecycle },
            phones: { '55000': {}, '55001': { lifecycle: {} } },
          }),
      );
    expect(build).toThrow('test/sales/55000 has lifecycle.createBeforeDestroy');
    expect(build).not.toThrow('test/sales/55001 has');
  });

  test('is seen where an aspect or an override of the phone or of the stack sets it', () => {
    const byAspect = () =>
      synth((stack) => {
        new Phone(stack, 'desk', desk);
        Aspects.of(stack).add({
          visit: (construct) => {
            if (construct instanceof Phone) construct.lifecycle = lifecycle;
          },
        });
      });
    const byOverride = (path: string, value: unknown) => () =>
      synth((stack) => new Phone(stack, 'desk', desk).addOverride(path, value));
    const byStack = () =>
      synth((stack) => {
        new Phone(stack, 'desk', desk);
        stack.addOverride('resource.vicidial_phone.desk.lifecycle.create_before_destroy', true);
      });
    for (const build of [
      byAspect,
      byOverride('lifecycle.create_before_destroy', true),
      byOverride('lifecycle', [{ create_before_destroy: 'true' }]),
      byStack,
    ])
      expect(build).toThrow('test/desk has lifecycle.createBeforeDestroy');
  });

  test('is not attributed to another phone where two names are equal', () => {
    const build = () =>
      synth((stack) => {
        new Phone(stack, 'p:1', { ...desk, lifecycle });
        new Phone(stack, 'p1', { serverIp: '10.0.0.11', extension: '55001' });
      });
    expect(build).toThrow('test/p:1 and test/p1 have the same Terraform name');
    expect(build).not.toThrow('test/p1 has lifecycle.createBeforeDestroy');
  });

  test('is seen on a resource that only an override of the stack adds', () => {
    const build = () =>
      synth((stack) => {
        new Phone(stack, 'desk', desk);
        stack.addOverride('resource.vicidial_phone.raw', { lifecycle: { create_before_destroy: true } });
      });
    expect(build).toThrow('vicidial_phone.raw has lifecycle.createBeforeDestroy');
  });

  test('is accepted as false, also where an override takes it back', () => {
    const { resource } = synth((stack) => {
      new Phone(stack, 'desk', { ...desk, lifecycle: { createBeforeDestroy: false, preventDestroy: true } });
      const overridden = new Phone(stack, 'other', { serverIp: '10.0.0.11', extension: '55001', lifecycle });
      overridden.addOverride('lifecycle.create_before_destroy', false);
    });
    expect(resource.vicidial_phone.desk?.lifecycle).toEqual({ create_before_destroy: false, prevent_destroy: true });
    expect(resource.vicidial_phone.other?.lifecycle).toEqual({ create_before_destroy: false });
  });

  test('is accepted on other resources', () => {
    const { resource } = synth((stack) => {
      new NullProvider(stack, 'null');
      new NullResource(stack, 'other', { lifecycle });
      new PhoneAlias(stack, 'desks', { aliasId: 'desks', phoneLogins: ['55000'], lifecycle });
    });
    expect(resource.vicidial_phone_alias.desks?.lifecycle).toEqual({ create_before_destroy: true });
  });
});
