/**
 * A distribution's configuration as CloudFormation writes it, in the API's words: lists gain their quantities,
 * a few names differ. What neither knows has been refused before; what Slipway does not do is refused by the API.
 */
import type {
  CacheBehavior,
  CustomOriginConfig,
  DistributionConfig,
  ForwardedValues,
  Origin,
} from '@aws-sdk/client-cloudfront';
import { unsupported } from '../../../service.ts';

type Fields = Readonly<Record<string, unknown>>;

// Properties have been checked against AWS's specification of the type, so these shapes hold.
const fields = (value: unknown): Fields => (value ?? {}) as Fields;
const list = <T>(value: unknown): T[] => (value ?? []) as T[];

function counted<T>(value: unknown): { Quantity: number; Items?: T[] } | undefined {
  if (value === undefined) return undefined;
  const Items = list<T>(value);
  return Items.length === 0 ? { Quantity: 0 } : { Quantity: Items.length, Items };
}

/** Without the members that are undefined. */
const present = (value: Fields): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));

const signers = (value: unknown) => {
  const one = counted<string>(value);
  return one && { Enabled: one.Quantity > 0, ...one };
};

function behaviour(value: Fields): Fields {
  const { AllowedMethods, CachedMethods, ForwardedValues: forwarded, ...rest } = value;
  const cached = counted<string>(CachedMethods);
  return present({
    ...rest,
    AllowedMethods:
      AllowedMethods || cached
        ? present({ ...counted<string>(AllowedMethods ?? ['HEAD', 'GET']), CachedMethods: cached })
        : undefined,
    ForwardedValues: forwarded === undefined ? undefined : forwardedValues(fields(forwarded)),
    FunctionAssociations: counted(value.FunctionAssociations),
    LambdaFunctionAssociations: counted(value.LambdaFunctionAssociations),
    TrustedKeyGroups: signers(value.TrustedKeyGroups),
    TrustedSigners: signers(value.TrustedSigners),
  });
}

function forwardedValues(value: Fields): ForwardedValues {
  const cookies = fields(value.Cookies);
  return present({
    QueryString: value.QueryString,
    Cookies: present({
      Forward: cookies.Forward ?? 'none',
      WhitelistedNames: counted<string>(cookies.WhitelistedNames),
    }),
    Headers: counted<string>(value.Headers),
    QueryStringCacheKeys: counted<string>(value.QueryStringCacheKeys),
  }) as unknown as ForwardedValues;
}

function origin(value: Fields): Origin {
  const { OriginCustomHeaders, CustomOriginConfig: custom, ...rest } = value;
  return present({
    ...rest,
    CustomHeaders: counted(OriginCustomHeaders),
    CustomOriginConfig: custom === undefined ? undefined : customOrigin(fields(custom)),
    S3OriginConfig:
      value.S3OriginConfig === undefined
        ? undefined
        : { OriginAccessIdentity: '', ...fields(value.S3OriginConfig) },
  }) as unknown as Origin;
}

function customOrigin({ OriginSSLProtocols, ...rest }: Fields): CustomOriginConfig {
  return present({
    HTTPPort: 80,
    HTTPSPort: 443,
    OriginReadTimeout: 30,
    OriginKeepaliveTimeout: 5,
    ...rest,
    OriginSslProtocols: counted(OriginSSLProtocols ?? ['TLSv1', 'SSLv3']),
  }) as unknown as CustomOriginConfig;
}

function certificate(value: Fields): Fields {
  const { AcmCertificateArn, IamCertificateId, SslSupportMethod, ...rest } = value;
  return present({
    ...rest,
    ACMCertificateArn: AcmCertificateArn,
    IAMCertificateId: IamCertificateId,
    SSLSupportMethod: SslSupportMethod,
  });
}

export function apiConfig(given: Fields, CallerReference: string): DistributionConfig {
  for (const legacy of ['S3Origin', 'CustomOrigin'])
    if (given[legacy] !== undefined)
      throw unsupported(`the property ${legacy} of DistributionConfig; use Origins`);
  const { IPV6Enabled, CNAMEs, Logging, ViewerCertificate, Restrictions, ...rest } = given;
  const errors = list<Fields>(given.CustomErrorResponses).map((one) =>
    present({ ...one, ResponseCode: one.ResponseCode === undefined ? undefined : String(one.ResponseCode) }),
  );
  const geo = fields(fields(Restrictions).GeoRestriction);
  return present({
    ...rest,
    CallerReference,
    Comment: given.Comment ?? '',
    Aliases: counted<string>(given.Aliases ?? CNAMEs),
    Origins: counted(list<Fields>(given.Origins).map(origin)),
    DefaultCacheBehavior: behaviour(fields(given.DefaultCacheBehavior)),
    CacheBehaviors: counted(list<CacheBehavior & Fields>(given.CacheBehaviors).map(behaviour)),
    CustomErrorResponses: counted(errors),
    IsIPV6Enabled: IPV6Enabled,
    Logging:
      Logging === undefined
        ? undefined
        : {
            Bucket: '',
            Prefix: '',
            IncludeCookies: false,
            ...fields(Logging),
            Enabled: Boolean(fields(Logging).Bucket),
          },
    ViewerCertificate: ViewerCertificate === undefined ? undefined : certificate(fields(ViewerCertificate)),
    Restrictions:
      Restrictions === undefined
        ? undefined
        : {
            GeoRestriction: {
              RestrictionType: geo.RestrictionType,
              Quantity: list(geo.Locations).length,
              Items: list<string>(geo.Locations),
            },
          },
  }) as unknown as DistributionConfig;
}
