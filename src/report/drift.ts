/** What has changed outside of Terraform, as the plan has found it. */
import { fieldChanges, toKey } from './changes';
import { configuredArguments, withoutInstanceKeys, type PlanFile } from './plan-file';
import type { Report } from './report-schema';
import type { Secrets } from './secrets';

/** Attributes of the provider itself, which only the provider changes. */
const ownAttributes = ['system', 'adopted'];

/**
 * The drift of a plan: attributes that had a value before, or that the configuration sets. Others were read for the first
 * time, as after a change of the reader.
 */
export function driftOf(plan: PlanFile, secrets: Secrets): Pick<Report, 'drift' | 'firstRead'> {
  const configured = configuredArguments(plan);
  const objects = plan.resource_drift.map((each) => {
    const declared = configured.get(withoutInstanceKeys(each.address)) ?? [];
    const fields = fieldChanges(each.change, secrets).filter(({ name }) => !ownAttributes.includes(name));
    const isDeleted = each.change.actions.includes('delete');
    const drifted = fields.filter(({ name, before }) => before !== null || declared.includes(name));
    return {
      drift: { address: each.address, key: toKey(each), isDeleted, fields: isDeleted ? [] : drifted },
      isFirstRead: !isDeleted && drifted.length < fields.length,
    };
  });
  return {
    drift: objects.map(({ drift }) => drift).filter(({ isDeleted, fields }) => isDeleted || fields.length > 0),
    firstRead: objects.filter(({ isFirstRead }) => isFirstRead).length,
  };
}
