/** The values that the API accepts where it accepts a fixed set (vicidial-api.md, section 5). */
const timezones = [
  12.75, 12, 11, 10, 9.5, 9, 8, 7, 6.5, 6, 5.75, 5.5, 5, 4.5, 4, 3.5, 3, 2, 1, 0, -1, -2, -3, -3.5, -4, -5, -6, -7, -8,
  -9, -10, -11, -12,
];

export const protocols = ['IAX2', 'SIP', 'Zap', 'EXTERNAL'];
export const webphoneValues = ['Y', 'N', 'Y_API_LAUNCH'];

/** PHP compares numeric strings as numbers: `-5` equals `-5.00`. */
export function isTimezone(value: string): boolean {
  return value !== '' && timezones.includes(Number(value));
}

export function isYesNo(value: string): boolean {
  return value === 'Y' || value === 'N';
}
