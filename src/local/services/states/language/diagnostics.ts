/** What a validation of a definition answers. */
import type { Json } from '../../../../core/json.ts';

export interface Diagnostic {
  readonly severity: 'ERROR';
  readonly code: string;
  readonly message: string;
  readonly location?: string;
}

export type Report = (message: string, location: string) => void;

export const invalidDefinition = (diagnostics: readonly Diagnostic[]): string =>
  `Invalid State Machine Definition: '${diagnostics
    .map(({ code, message, location }) => `${code}: ${message} at ${location ?? 'null'}`)
    .join(', ')}'`;

/** Of a value that is a list; what else it may be was said before. */
export function each(value: Json | undefined, look: (one: Json, index: number) => void): void {
  if (Array.isArray(value)) for (const [i, one] of (value as readonly Json[]).entries()) look(one, i);
}
