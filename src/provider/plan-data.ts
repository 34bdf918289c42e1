/** What a planning call returns as planned_private. Of the calls of an apply only a delete gets it; it is never stored. */
export interface PlanData {
  /** Recognises the second half of a replacement, and a delete of an object that did not exist. Empty for none. */
  readonly marker: string;
  /** The system that the plan was made with; null while it is not known. */
  readonly system: string | null;
}

const none: PlanData = { marker: '', system: null };

export function encodePlanData({ marker, system }: PlanData): Uint8Array {
  return Buffer.from(JSON.stringify([marker, system]));
}

/** Reads private data. What is not of this form, such as that of version 0.1.0, counts as none. */
export function decodePlanData(privateData: Uint8Array): PlanData {
  // Most have none, and an error costs more than all else that is done for them.
  if (privateData.length === 0) return none;
  try {
    const [marker, system]: unknown[] = JSON.parse(Buffer.from(privateData).toString('utf8')) as unknown[];
    return typeof marker === 'string' ? { marker, system: typeof system === 'string' ? system : null } : none;
  } catch {
    return none;
  }
}
