import { expandRange } from '../../src/model/extension-range';

describe('a range of extensions', () => {
  test.each([
    ['55100-55102', ['55100', '55101', '55102']],
    ['55100 - 55101', ['55100', '55101']],
    ['98-101', ['98', '99', '100', '101']],
    ['0098-0101', ['0098', '0099', '0100', '0101']],
    ['7-7', ['7']],
    ['55200', ['55200']],
    ['front-desk', ['front-desk']],
  ])('%s is expanded, with the leading zeros that it is written with', (range, expected) => {
    expect(expandRange(range)).toEqual({ extensions: expected });
  });

  test.each([
    ['55149-55100', 'the range 55149-55100 ends before it begins; write 55100-55149'],
    [
      '098-1002',
      'the range 098-1002 has leading zeros and bounds of different lengths; write both with the same number of digits',
    ],
    ['1-2000000', 'the range 1-2000000 has 2000000 extensions; a range may have 100000'],
    ['1-9999999999999999', 'the range 1-9999999999999999 has more than 15 digits'],
    ['55100-', '"55100-" is no range; a range is FIRST-LAST, such as 55100-55149'],
    ['55100..55149', '"55100..55149" is no range; a range is FIRST-LAST, such as 55100-55149'],
    ['55100–55149', '"55100–55149" is no range; a range is FIRST-LAST, such as 55100-55149'],
  ])('%s is a problem', (range, problem) => {
    expect(expandRange(range)).toEqual({ problem });
  });
});
