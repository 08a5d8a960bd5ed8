/** What an `up` made, in the public declarations: it imports nothing that needs types of Node. */
export interface DeployedTarget {
  /** In the order in which they were deployed. */
  readonly stacks: readonly DeployedStack[];
  readonly durationMs: number;
}

export interface DeployedStack {
  readonly stackName: string;
  readonly stackId: string;
  readonly accountId: string;
  readonly region: string;
  /** False when the stack was as the template says before. */
  readonly changed: boolean;
  readonly outputs: Readonly<Record<string, string>>;
  readonly resources: {
    /** They do what they do on AWS. */
    readonly live: readonly { readonly logicalId: string; readonly type: string }[];
    /** They keep their properties; nothing local depends on them. */
    readonly inert: readonly {
      readonly logicalId: string;
      readonly type: string;
      readonly because: string;
    }[];
  };
}
