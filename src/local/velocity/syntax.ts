/** A Velocity template as it is read: see ./parse.ts. */

export type Expression =
  | { readonly kind: 'value'; readonly value: string | number | boolean }
  /** A text in double quotes with references in it. */
  | { readonly kind: 'text'; readonly nodes: readonly Node[] }
  | Reference
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'range'; readonly from: Expression; readonly to: Expression }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    };

export type Operator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

export interface Reference {
  readonly kind: 'reference';
  /** As written: a reference without a value prints itself. */
  readonly source: string;
  /** `$!name` prints nothing then. */
  readonly quiet: boolean;
  readonly name: string;
  readonly steps: readonly Step[];
}

export type Step =
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'index'; readonly index: Expression };

export type Node =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'print'; readonly reference: Reference }
  /** `\$name`: the reference as written, when it has a value. */
  | { readonly kind: 'escaped'; readonly reference: Reference }
  | { readonly kind: 'set'; readonly target: Reference; readonly value: Expression }
  | { readonly kind: 'if'; readonly branches: readonly Branch[] }
  | {
      readonly kind: 'foreach';
      readonly name: string;
      readonly of: Expression;
      readonly body: readonly Node[];
    }
  | { readonly kind: 'break' }
  | { readonly kind: 'stop' };

/** Without a condition: #else. */
export interface Branch {
  readonly condition: Expression | undefined;
  readonly body: readonly Node[];
}
