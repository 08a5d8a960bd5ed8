/** Passwords and tokens written out in properties that take one. */
import { propertyOf, valueAt } from '../../../architecture/index.ts';
import { securityRule } from './support/security-rule.ts';

const properties: Readonly<Record<string, readonly string[]>> = {
  'AWS::RDS::DBInstance': ['MasterUserPassword'],
  'AWS::RDS::DBCluster': ['MasterUserPassword'],
  'AWS::DocDB::DBCluster': ['MasterUserPassword'],
  'AWS::Redshift::Cluster': ['MasterUserPassword'],
  'AWS::RedshiftServerless::Namespace': ['AdminUserPassword'],
  'AWS::ElastiCache::ReplicationGroup': ['AuthToken'],
  'AWS::ElastiCache::User': ['Passwords.0'],
  'AWS::SecretsManager::Secret': ['SecretString'],
  'AWS::DMS::Endpoint': ['Password'],
  'AWS::OpenSearchService::Domain': ['AdvancedSecurityOptions.MasterUserOptions.MasterUserPassword'],
  'AWS::AmazonMQ::Broker': ['Users.0.Password'],
  'AWS::Cognito::UserPoolIdentityProvider': ['ProviderDetails.client_secret'],
  'AWS::DirectoryService::MicrosoftAD': ['Password'],
  'AWS::IAM::User': ['LoginProfile.Password'],
  'AWS::CodePipeline::Webhook': ['AuthenticationConfiguration.SecretToken'],
  'AWS::Amplify::App': ['OauthToken', 'AccessToken'],
};

/** What a dynamic reference or another resource supplies. */
const isSupplied = (text: string) => /\{\{resolve:|\{[A-Za-z0-9._-]+\/[A-Za-z0-9]+\}/.test(text);

export const secretInProperty = securityRule({
  id: 'secret-in-property',
  title: 'Passwords come from Secrets Manager, not from the template',
  severity: 'high',
  why: 'A password in a template is in its repository, in the pipeline’s artifacts and in the stack for everyone who may read one of them.',
  reference:
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html',
  check: ({ app, checked, found }) => {
    for (const resource of app.ofType(...Object.keys(properties)))
      for (const property of properties[resource.type] ?? []) {
        const value = valueAt(resource.properties, property);
        if (value === undefined) continue;
        checked();
        if (typeof value !== 'string' || isSupplied(value)) continue;
        // A secret without anything secret in it, such as `{}` to be filled in later.
        if (resource.type === 'AWS::SecretsManager::Secret' && value.replace(/[\s{}"]/g, '').length < 4)
          continue;
        found({
          resource,
          about: property,
          title: `${resource.name} has its ${property.split('.').at(-1)} written in the template`,
          fix: resource.type.startsWith('AWS::RDS')
            ? 'Set ManageMasterUserPassword: true, or {{resolve:secretsmanager:…}} (CDK: credentials: Credentials.fromGeneratedSecret(…)). Change the password.'
            : 'Generate it (SecretsManager: GenerateSecretString) and refer to it by {{resolve:secretsmanager:…}}. Change it: it is in the template’s history.',
          evidence: [
            {
              at: propertyOf(resource, property),
              shows: `a literal of ${value.length} characters (not shown)`,
            },
          ],
        });
      }
  },
});
