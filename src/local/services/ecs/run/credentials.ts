/**
 * What a task asks the platform for over HTTP: credentials of its role, and its metadata. On AWS this is at
 * 169.254.170.2; here it is a path of the listener, with a token of its own for each task.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html and
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-fargate.html
 */
import type {
  DataPlaneAddress,
  DataPlaneRequest,
  DataPlaneResponse,
  ServiceEnvironment,
  SessionCredentials,
} from '../../../service.ts';

interface TaskIdentity {
  readonly taskId: string;
  readonly roleArn: string | undefined;
  /** Metadata of the task, and of its containers by name. */
  metadata(container: string | undefined): object | undefined;
}

export interface TaskEndpoints {
  /** @returns variables that lead the AWS SDKs to the role's credentials */
  register(identity: TaskIdentity): (container: string) => Record<string, string>;
  forget(taskId: string): void;
  serve(request: DataPlaneRequest): Promise<DataPlaneResponse>;
  serves(request: DataPlaneAddress): boolean;
}

const platformPath = '/_aws/ecs/';
/** The SDKs ask again five minutes before the end. */
const refreshBefore = 15 * 60_000;

const partsOf = (url: string) => (url.split('?')[0] ?? '').slice(platformPath.length).split('/');

interface Registered {
  readonly identity: TaskIdentity;
  readonly token: string;
  session?: Promise<SessionCredentials>;
}

const json = (status: number, body: object): DataPlaneResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(body)),
});

export function createTaskEndpoints(env: ServiceEnvironment): TaskEndpoints {
  const tasks = new Map<string, Registered>();

  async function credentials(task: Registered, roleArn: string): Promise<DataPlaneResponse> {
    const known = await task.session?.catch(() => undefined);
    if (!known || known.expiration - env.clock.wall() < refreshBefore)
      task.session = env.assumeRole(roleArn, 'ecs-tasks.amazonaws.com', task.identity.taskId);
    try {
      const session = await (task.session ?? Promise.reject(new Error('no session')));
      return json(200, {
        RoleArn: roleArn,
        AccessKeyId: session.accessKeyId,
        SecretAccessKey: session.secretAccessKey,
        Token: session.sessionToken,
        Expiration: new Date(session.expiration).toISOString(),
      });
    } catch (error) {
      return json(400, {
        code: 'AccessDenied',
        message: `ECS was unable to assume the task's role ${roleArn}: ${error instanceof Error ? error.message : String(error)}`,
      });
    }
  }

  return {
    register(identity) {
      const token = env.randomId(64);
      const { taskId } = identity;
      tasks.set(taskId, { identity, token });
      return (container) => ({
        AWS_REGION: env.region,
        AWS_DEFAULT_REGION: env.region,
        AWS_ENDPOINT_URL: env.endpoint,
        AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
        // The SDK's notice about this machine's Node.js would be untrue of the image's, and stand in every log.
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        ECS_CONTAINER_METADATA_URI_V4: `${env.endpoint}${platformPath}v4/${taskId}/${container}`,
        ...(identity.roleArn
          ? {
              AWS_CONTAINER_CREDENTIALS_FULL_URI: `${env.endpoint}${platformPath}credentials/${taskId}`,
              AWS_CONTAINER_AUTHORIZATION_TOKEN: token,
            }
          : {}),
      });
    },
    forget: (taskId) => void tasks.delete(taskId),
    serves: ({ url }) => tasks.has(partsOf(url)[1] ?? ''),
    async serve({ method, url, headers }) {
      const [kind, taskId = '', ...rest] = partsOf(url);
      const task = tasks.get(taskId);
      if (!task || method !== 'GET') return json(404, { message: 'no such task, or it has stopped' });
      if (kind === 'credentials') {
        if (headers.authorization !== task.token)
          return json(401, { message: 'the authorization token of the task is missing or wrong' });
        const { roleArn } = task.identity;
        return roleArn ? credentials(task, roleArn) : json(404, { message: 'the task has no role' });
      }
      const [container, part] = rest;
      const body =
        kind === 'v4' && (part === undefined || part === 'task')
          ? task.identity.metadata(part === 'task' ? undefined : container)
          : undefined;
      return body ? json(200, body) : json(404, { message: `${url} is not supported` });
    },
  };
}
