/** What API Gateway keeps of HTTP APIs: the API as it is edited, and the deployments that stages serve. */
import type { Api, Authorizer, Integration, Route, Stage } from '@aws-sdk/client-apigatewayv2';
import type { Collection, Store } from '../../store/store.ts';

export type ApiRecord = Omit<Api, 'CreatedDate' | 'ApiEndpoint'> & {
  readonly ApiId: string;
  readonly createdAt: number;
};

export type RouteRecord = Route & { readonly RouteId: string; readonly RouteKey: string };
export type IntegrationRecord = Integration & { readonly IntegrationId: string };
export type AuthorizerRecord = Authorizer & { readonly AuthorizerId: string };

export type StageRecord = Omit<Stage, 'CreatedDate' | 'LastUpdatedDate'> & {
  readonly StageName: string;
  readonly createdAt: number;
  readonly updatedAt: number;
};

export interface DeploymentRecord {
  readonly DeploymentId: string;
  readonly Description?: string | undefined;
  readonly AutoDeployed: boolean;
  readonly createdAt: number;
}

/** An API as it was when it was deployed. */
export interface Snapshot {
  readonly api: ApiRecord;
  readonly routes: readonly RouteRecord[];
  readonly integrations: readonly IntegrationRecord[];
  readonly authorizers: readonly AuthorizerRecord[];
}

/** All but the APIs by [api, id]. */
export interface HttpApiRecords {
  readonly apis: Collection<ApiRecord>;
  readonly routes: Collection<RouteRecord>;
  readonly integrations: Collection<IntegrationRecord>;
  readonly authorizers: Collection<AuthorizerRecord>;
  readonly stages: Collection<StageRecord>;
  readonly deployments: Collection<DeploymentRecord>;
  readonly snapshots: Collection<Snapshot>;
}

export const openRecords = (store: Store): HttpApiRecords => ({
  apis: store.collection('apigatewayv2/apis'),
  routes: store.collection('apigatewayv2/routes'),
  integrations: store.collection('apigatewayv2/integrations'),
  authorizers: store.collection('apigatewayv2/authorizers'),
  stages: store.collection('apigatewayv2/stages'),
  deployments: store.collection('apigatewayv2/deployments'),
  snapshots: store.collection('apigatewayv2/snapshots'),
});
