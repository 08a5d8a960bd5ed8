/**
 * What an intrinsic function is: its name, where it may stand, a check of its written form, and its evaluation.
 * One file per function beside this one; `registry.ts` lists them.
 */
import type { Json } from '../json.ts';
import type { Scope } from '../model.ts';
import type { Resolved, Unresolved } from '../unresolved.ts';

/** The value that removes the property or list element it stands for: `AWS::NoValue`. */
export const noValue = Symbol('AWS::NoValue');
export type NoValue = typeof noValue;

/** Where a value stands; some functions are only allowed in some places. */
export type Place = 'conditions' | 'rules' | 'resources' | 'outputs';

export interface Evaluation {
  readonly scope: Scope;
  /** Of the intrinsic's argument. */
  readonly path: string;
  /** The intrinsic as written. */
  readonly expression: Json;
  /** The value of a condition by name. */
  condition(name: string, path: string): boolean | Unresolved;
  /** Resolves a part of the argument; `at` is its place below `path`, such as `/1/0`. */
  resolve(value: Json, at: string): Resolved | NoValue;
  /** Called before text of this length is made: functions in functions can multiply it without end. */
  spend(characters: number): void;
  unresolved(reason: string): Unresolved;
  fail(message: string): never;
}

export interface Intrinsic {
  readonly name: string;
  /** Absent: everywhere. */
  readonly places?: readonly Place[];
  /** Exists only with the AWS::LanguageExtensions transform. */
  readonly languageExtensions?: boolean;
  /** What is wrong with the argument as written, before anything is resolved. */
  check(argument: Json): string | undefined;
  /** The argument has passed `check`. */
  evaluate(argument: Json, evaluation: Evaluation): Resolved | NoValue;
}
