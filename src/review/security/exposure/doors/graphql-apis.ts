/** AppSync: the API with its authentication types, and its data sources. */
import {
  isUnresolved,
  listAt,
  type Resource,
  type Step,
  show,
  textAt,
} from '../../../../architecture/index.ts';
import type { Guard } from '../../report.ts';
import type { DoorContext, DoorKind } from '../door.ts';
import { webAclsOf } from '../guards.ts';

const authenticators: Readonly<Record<string, Pick<Guard, 'kind' | 'limits'>>> = {
  API_KEY: { kind: 'api-key', limits: 'some' },
  AWS_IAM: { kind: 'iam', limits: 'who' },
  AMAZON_COGNITO_USER_POOLS: { kind: 'cognito', limits: 'who' },
  OPENID_CONNECT: { kind: 'jwt', limits: 'who' },
  AWS_LAMBDA: { kind: 'authorizer', limits: 'who' },
};

const sources = ['DynamoDBConfig', 'LambdaConfig', 'OpenSearchServiceConfig', 'RelationalDatabaseConfig'];

function sourcesOf({ app }: DoorContext, api: Resource): Step[] {
  return app
    .ofType('AWS::AppSync::DataSource')
    .filter(({ properties }) => app.namedIn(properties.ApiId).includes(api))
    .flatMap((source) =>
      [...sources, 'EventBridgeConfig', 'ElasticsearchConfig'].flatMap((property) =>
        app.namedIn(source.properties[property]).map(
          (to): Step => ({
            to,
            by: 'resolves from',
            opens: show(source, property),
            access: ['read', 'write'],
          }),
        ),
      ),
    );
}

export const graphqlApis: DoorKind = (context) => {
  for (const api of context.app.ofType('AWS::AppSync::GraphQLApi')) {
    if (textAt(api.properties, 'Visibility') === 'PRIVATE') continue;
    const types = [
      textAt(api.properties, 'AuthenticationType'),
      ...listAt(api.properties, 'AdditionalAuthenticationProviders').map((one) =>
        textAt(one, 'AuthenticationType'),
      ),
    ];
    const found = types.flatMap((type) => (typeof type === 'string' ? (authenticators[type] ?? []) : []));
    // Each further type is another way in, so the weakest one counts.
    const weakest = found.find(({ limits }) => limits === 'some') ?? found[0];
    const isUnknown = types.some(isUnresolved);
    if (isUnknown) context.unclear(api, 'AuthenticationType', 'it could not be resolved');
    context.door({
      kind: 'graphql-api',
      resource: api,
      what: 'GraphQL queries and mutations',
      opens: show(api, 'AuthenticationType'),
      guards: [
        ...(weakest === undefined ? [] : [{ ...weakest, evidence: show(api, 'AuthenticationType') }]),
        ...webAclsOf(context.app, api),
      ],
      writes: true,
      unknown: isUnknown,
      next: sourcesOf(context, api),
    });
  }
};
