/**
 * DynamoDB's numbers: decimals of up to 38 significant digits, between 1E-130 and 9.99…E+125, exact.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
 */
import { validation } from '../errors.ts';

/** value = sign × digits × 10^exponent; digits has neither leading nor trailing zeros; zero is ''. */
interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

const maxDigits = 38;
/** Of the first digit. */
const maxMagnitude = 125;
const minMagnitude = -130;

const plain = /^-?(0|[1-9]\d{0,14})$/;
const general = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Most numbers are short integers, written as DynamoDB writes them. */
const isCanonical = (text: string): boolean => plain.test(text) && text !== '-0';

const notANumber = (text: string) =>
  validation(
    text === ''
      ? 'The parameter cannot be converted to a numeric value'
      : `The parameter cannot be converted to a numeric value: ${text}`,
  );

function parseNumber(text: string): Decimal {
  const found = general.exec(text);
  if (!found || !(found[2] || found[3])) throw notANumber(text);
  const [, sign, whole = '', fraction = '', power = '0'] = found;
  return limited(sign === '-', whole + fraction, Number(power) - fraction.length);
}

const overflow = 'Number overflow. Attempting to store a number with magnitude larger than supported range';
const tooManyDigits = 'Attempting to store more than 38 significant digits in a Number';

/** Trims, and holds the number to its limits. */
function limited(negative: boolean, all: string, power: number, tooLong = tooManyDigits): Decimal {
  const digits = all.replace(/^0+/, '').replace(/0+$/, '');
  if (digits === '') return { negative: false, digits: '', exponent: 0 };
  const trailing = all.length - all.replace(/0+$/, '').length;
  const exponent = power + trailing;
  const magnitude = exponent + digits.length - 1;
  if (magnitude > maxMagnitude) throw validation(overflow);
  if (magnitude < minMagnitude)
    throw validation(
      'Number underflow. Attempting to store a number with magnitude smaller than supported range',
    );
  if (digits.length > maxDigits) throw validation(tooLong);
  return { negative, digits, exponent };
}

/** As DynamoDB answers it: no exponent form, no trailing zeros. */
function formatNumber({ negative, digits, exponent }: Decimal): string {
  if (digits === '') return '0';
  const sign = negative ? '-' : '';
  if (exponent >= 0) return sign + digits + '0'.repeat(exponent);
  const point = digits.length + exponent;
  return point > 0
    ? `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
    : `${sign}0.${'0'.repeat(-point)}${digits}`;
}

export const normaliseNumber = (text: string): string =>
  isCanonical(text) ? text : formatNumber(parseNumber(text));

export function compareNumbers(left: string, right: string): number {
  if (isCanonical(left) && isCanonical(right)) return Math.sign(Number(left) - Number(right));
  const a = orderedNumber(left);
  const b = orderedNumber(right);
  return a < b ? -1 : a > b ? 1 : 0;
}

const signed = ({ negative, digits, exponent }: Decimal, to: number) => {
  const size = BigInt(digits || '0') * 10n ** BigInt(exponent - to);
  return negative ? -size : size;
};

function sum(a: Decimal, b: Decimal): string {
  if (a.digits === '') return formatNumber(b);
  if (b.digits === '') return formatNumber(a);
  const exponent = Math.min(a.exponent, b.exponent);
  const total = signed(a, exponent) + signed(b, exponent);
  const text = String(total < 0n ? -total : total);
  // A sum of too many digits is said to be too large, other than a number that is sent so.
  return formatNumber(limited(total < 0n, text, exponent, overflow));
}

export function addNumbers(left: string, right: string): string {
  return sum(parseNumber(left), parseNumber(right));
}

export function subtractNumbers(left: string, right: string): string {
  const b = parseNumber(right);
  return sum(parseNumber(left), { ...b, negative: !b.negative });
}

/**
 * Text whose byte order is the numbers' order: sign, exponent, digits. Negative numbers have both complemented,
 * and end in a character above every digit, so that the shorter of two with the same start sorts last.
 */
export function orderedNumber(text: string): string {
  const { negative, digits, exponent } = parseNumber(text);
  if (digits === '') return '1';
  const magnitude = exponent + digits.length - 1 - minMagnitude;
  if (!negative) return `2${String(magnitude).padStart(3, '0')}${digits}`;
  let complement = '';
  for (const digit of digits) complement += 9 - Number(digit);
  return `0${String(999 - magnitude).padStart(3, '0')}${complement}~`;
}

/**
 * Bytes a number takes of its item's size: about one per two significant digits, and one more.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function numberSize(text: string): number {
  const { negative, digits } = parseNumber(text);
  return Math.ceil(digits.length / 2) + 1 + (negative ? 1 : 0);
}
