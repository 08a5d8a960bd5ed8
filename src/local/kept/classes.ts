/**
 * Why a CloudFormation type may be kept without being run: no call that an app makes here could tell. A call that asks
 * for what such a resource does on AWS is refused by name, because no service here has it.
 */
export interface KeptClass {
  /** Why nothing local depends on such a resource. */
  readonly because: string;
  /** What can be seen of it on AWS, and not here. */
  readonly effects: string;
}

export const keptClasses = {
  network: {
    because: 'there is no local network: functions and tasks run as processes on loopback',
    effects:
      "traffic that is routed, let through, filtered or recorded, and answers of EC2's and other network APIs",
  },
  machines: {
    because: 'nothing starts a machine from it: the types that would do so are refused',
    effects: 'virtual machines that start with its settings',
  },
  bill: {
    because: "it watches or divides AWS's bill; there is none here",
    effects: 'mails, reports and answers about costs',
  },
  audit: {
    because: 'it judges or records what goes on in an account of AWS, and finds nothing here',
    effects: 'findings, records and reports, in its own API, in EventBridge and in the console',
  },
  monitoring: {
    because: "it shows people what an account's metrics, logs and traces say, in AWS's console",
    effects: 'pictures, saved queries and suggestions in the console and its own API',
  },
  backup: {
    because: 'state stays in the folder of the local cloud, of which AWS makes no copies',
    effects: 'copies of data, made by a schedule, and restores from them',
  },
  upkeep: {
    because: 'it works on machines or is started by a call that is refused here',
    effects: 'commands, patches, runbooks and experiments that run on an account',
  },
  catalogue: {
    because: "it groups or describes resources for people who look at them in AWS's console",
    effects: 'lists and descriptions in the console and its own API',
  },
  people: {
    because: 'it tells people outside of this machine, or lets them sign in to AWS',
    effects: "messages to chats, mails and telephones; sign-in to AWS's console",
  },
  builds: {
    because:
      'it does nothing until a build or a deployment is started, which is refused here: slipway up deploys',
    effects: 'builds and deployments that others start',
  },
  domain: {
    because:
      'everything answers at its own local URL: no client here resolves names by Route 53 or checks certificates',
    effects: 'host names that resolve, and certificates that clients trust',
  },
} as const satisfies Readonly<Record<string, KeptClass>>;

export type KeptClassName = keyof typeof keptClasses;
