/** Numbers as people read them: three significant figures for measures, whole per cent for confidence. */
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

export const shortNumber = (value: number): string =>
  Math.abs(value) >= 1000 ? whole.format(value) : fine.format(value);

export const count = (value: number, one: string, many = `${one}s`): string =>
  `${whole.format(value)} ${value === 1 ? one : many}`;

/** Never rounds up to a certainty that was not found. */
export const percent = (share: number): string => `${Math.floor(share * 100 + 1e-9)} %`;

export const duration = (seconds: number): string =>
  seconds < 1 ? `${Math.max(1, Math.round(seconds * 1000))} ms` : `${fine.format(seconds)} s`;
