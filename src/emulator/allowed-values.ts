/** Sets of values that the API accepts. */
const offsets = [
  12.75, 12, 11, 10, 9.5, 9, 8, 7, 6.5, 6, 5.75, 5.5, 5, 4.5, 4, 3.5, 3, 2, 1, 0, -1, -2, -3, -3.5, -4, -5, -6, -7, -8,
  -9, -10, -11, -12,
];

export const protocols = ['IAX2', 'SIP', 'Zap', 'EXTERNAL'];
export const webphoneValues = ['Y', 'N', 'Y_API_LAUNCH'];

/** PHP compares texts that look like numbers as numbers: `-5` is `-5.00`. */
export function isTimezone(text: string): boolean {
  return text !== '' && offsets.includes(Number(text));
}

export function isYesNo(text: string): boolean {
  return text === 'Y' || text === 'N';
}
