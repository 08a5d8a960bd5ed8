/** Checks that several parts of the input share. */
import type { Quantity, SystemNode } from './model.ts';
import { num } from './quantity.ts';

export type Report = (field: string, message: string) => void;

/** Fields in which a negative number means something. */
const signed = new Set(['amount', 'lower', 'upper']);

/** Any number anywhere in the input: finite and not negative. */
export function numberProblems(value: unknown, field: string, report: Report): void {
  if (typeof value === 'number') {
    const name =
      field
        .replace(/\.value$/, '')
        .split('.')
        .pop() ?? '';
    if (!Number.isFinite(value)) report(field, `must be a finite number, got ${value}`);
    else if (value < 0 && !signed.has(name)) report(field, `must not be negative, got ${value}`);
  } else if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) numberProblems(item, `${field}[${i}]`, report);
  } else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) numberProblems(item, `${field}.${key}`, report);
}

export function share(value: Quantity | undefined, field: string, report: Report): void {
  if (value !== undefined && num(value) > 1) report(field, `is a share from 0 to 1, got ${num(value)}`);
}

export function positive(value: Quantity | undefined, field: string, report: Report): void {
  if (value !== undefined && num(value) === 0) report(field, 'must be greater than 0');
}

/** What can be waited for, and what can be sent to. */
export function takesProblems(
  target: SystemNode | undefined,
  how: 'wait' | 'send' | undefined,
  field: string,
  report: Report,
): void {
  if (!target) return;
  if (target.kind === 'queue' && how === 'wait') report(`${field}.how`, 'a queue can only be sent to');
  if (how === 'send' && target.kind !== 'queue' && target.kind !== 'function')
    report(`${field}.how`, `only queues and functions can be sent to, ${target.id} is ${target.kind}`);
  if (target.kind === 'workers' && target.takes.kind === 'messages')
    report(`${field}.to`, `${target.id} takes messages from a queue, not requests`);
}
