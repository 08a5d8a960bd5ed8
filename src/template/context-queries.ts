/** What a CDK app asks for while it is synthesized, and what it is answered. */

/** As it stands under `missing` in the manifest of a cloud assembly. */
export interface ContextQuery {
  readonly key: string;
  readonly provider: string;
  readonly props: Readonly<Record<string, unknown>>;
}

export interface ContextAnswers {
  readonly found: Readonly<Record<string, unknown>>;
  readonly refused: readonly { readonly key: string; readonly provider: string; readonly why: string }[];
}
