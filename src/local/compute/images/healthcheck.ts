/** HEALTHCHECK as Docker keeps it. https://docs.docker.com/reference/dockerfile/#healthcheck */
import { execForm, flag, type Instruction } from './dockerfile.ts';
import type { HealthCheckConfig } from './image.ts';

/** @returns the check, or what is wrong with it */
export function healthcheck(instruction: Instruction, shell: readonly string[]): HealthCheckConfig | string {
  const { text } = instruction;
  if (/^none$/i.test(text)) return { Test: ['NONE'] };
  const command = /^CMD\s+(.+)$/is.exec(text)?.[1];
  if (command === undefined) return 'HEALTHCHECK takes NONE or CMD';
  const exec = execForm(command);
  const retries = flag(instruction, 'retries');
  const times: Record<string, number> = {};
  for (const [name, member] of Object.entries(members)) {
    const given = flag(instruction, name);
    if (given === undefined) continue;
    const ns = nanoseconds(given);
    if (ns === undefined) return `HEALTHCHECK --${name}=${given} is not a duration`;
    times[member] = ns;
  }
  return {
    Test: exec
      ? ['CMD', ...exec]
      : shell.join(' ') === '/bin/sh -c'
        ? ['CMD-SHELL', command]
        : ['CMD', ...shell, command],
    ...times,
    ...(retries ? { Retries: Number(retries) } : {}),
  };
}

const members = { interval: 'Interval', timeout: 'Timeout', 'start-period': 'StartPeriod' } as const;

const units: Readonly<Record<string, number>> = { ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };

function nanoseconds(text: string): number | undefined {
  let total = 0;
  const rest = text.replace(/(\d+(?:\.\d+)?)(ms|s|m|h)/g, (_, amount: string, unit: string) => {
    total += Number(amount) * (units[unit] ?? 0);
    return '';
  });
  return rest === '' && text !== '' ? total : undefined;
}
