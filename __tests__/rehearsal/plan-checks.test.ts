import { checkPlan } from '../../src/rehearsal/plan-checks';

const own = 'registry.terraform.io/phonestate/vicidial';

interface Parts {
  readonly changes?: readonly (readonly [
    address: string,
    provider: string,
    actions: readonly string[],
    mode?: string,
  ])[];
  readonly provisioned?: readonly string[];
  readonly more?: object;
}

function check({ changes = [], provisioned = [], more = {} }: Parts) {
  const resources = provisioned.map((address) => ({
    address,
    mode: 'managed',
    provisioners: [{ type: 'local-exec' }],
  }));
  return checkPlan(
    JSON.stringify({
      resource_changes: changes.map(([address, provider_name, actions, mode = 'managed']) => ({
        ...{ address, mode, provider_name, change: { actions } },
        type: /(\w+)\.\w+(?:\[[^\]]*\])?$/u.exec(address)?.[1] ?? '',
      })),
      configuration: {
        provider_config: { vicidial: { full_name: own }, aws: { full_name: 'registry.terraform.io/hashicorp/aws' } },
        root_module: { resources, module_calls: { m: { module: { resources } } } },
      },
      ...more,
    }),
  );
}

describe('a plan is rehearsed', () => {
  test('where only this provider changes anything, whatever others read', () => {
    const found = check({
      changes: [
        ['vicidial_phone.a', own, ['delete', 'create']],
        ['aws_instance.a', 'registry.terraform.io/hashicorp/aws', ['no-op']],
        ['aws_instance.b', 'registry.terraform.io/hashicorp/aws', ['forget']],
        ['data.aws_ami.a', 'registry.terraform.io/hashicorp/aws', ['read'], 'data'],
      ],
    });
    expect(found).toEqual({
      refusals: [],
      otherProviders: ['registry.terraform.io/hashicorp/aws'],
      usesProvider: true,
    });
  });

  test('with resources that change nothing but the state', () => {
    const changes = [
      ['null_resource.a', 'registry.terraform.io/hashicorp/null', ['create']],
      ['null_resource.b', 'registry.opentofu.org/hashicorp/null', ['delete', 'create']],
      ['terraform_data.a', 'terraform.io/builtin/terraform', ['create']],
    ] as const;
    expect(check({ changes }).refusals).toEqual([]);
  });
});

describe('a plan is refused', () => {
  test.each([
    ['a change of another provider', ['aws_instance.a', 'registry.terraform.io/hashicorp/aws', ['update']]],
    [
      'a deletion of another provider',
      ['module.m.aws_instance.a[0]', 'registry.terraform.io/hashicorp/aws', ['delete']],
    ],
    ['another provider with the same type', ['null_resource.a', 'registry.terraform.io/other/null2', ['create']]],
  ] as const)('with %s', (_what, change) => {
    expect(check({ changes: [change] }).refusals).toEqual([
      expect.stringContaining(`${change[0]} would really be changed`),
    ]);
  });

  test('with a provisioner of a resource that is changed, also in a module and with instance keys', () => {
    const provisioned = ['terraform_data.a'];
    const data = 'terraform.io/builtin/terraform';
    for (const address of ['terraform_data.a', 'terraform_data.a["x"]', 'module.m["y"].terraform_data.a[0]']) {
      expect(check({ changes: [[address, data, ['create']]], provisioned }).refusals).toEqual([
        `${address} has a provisioner, which would really run.`,
      ]);
    }
    expect(check({ changes: [['terraform_data.a', data, ['no-op']]], provisioned }).refusals).toEqual([]);
  });

  test('with actions of providers, or with the provider from two sources', () => {
    expect(check({ more: { action_invocations: [{}] } }).refusals).toHaveLength(1);
    const changes = [
      ['vicidial_phone.a', own, ['create']],
      ['vicidial_phone.b', 'example.com/phonestate/vicidial', ['create']],
    ] as const;
    expect(check({ changes }).refusals).toEqual([expect.stringContaining('from several sources')]);
  });
});
