/** The kept types, by class and namespace: one name each. What is in no list here and live nowhere is refused. */
import type { KeptClassName } from './classes.ts';

type Names = Readonly<Record<string, string>>;

/** Namespace without `AWS::` → the names of its types. */
const lists: Readonly<Record<KeptClassName, Names>> = {
  network: {
    ARCZonalShift: 'AutoshiftObserverNotificationStatus ZonalAutoshiftConfiguration',
    CloudFront: 'AnycastIpList',
    DirectConnect:
      'Connection DirectConnectGateway DirectConnectGatewayAssociation Lag PrivateVirtualInterface PublicVirtualInterface TransitVirtualInterface',
    EC2: `CarrierGateway ClientVpnAuthorizationRule ClientVpnEndpoint ClientVpnRoute ClientVpnTargetNetworkAssociation
      CustomerGateway DHCPOptions EIP EgressOnlyInternetGateway FlowLog GatewayRouteTableAssociation IPAM IPAMPool
      IPAMPoolCidr IPAMPrefixListResolver IPAMPrefixListResolverTarget IPAMResourceDiscovery
      IPAMResourceDiscoveryAssociation IPAMScope IPv4Pool InternetGateway IpPoolRouteTableAssociation
      LocalGatewayRoute LocalGatewayRouteTable LocalGatewayRouteTableVPCAssociation
      LocalGatewayRouteTableVirtualInterfaceGroupAssociation LocalGatewayVirtualInterface
      LocalGatewayVirtualInterfaceGroup NatGateway NetworkAcl NetworkAclEntry NetworkInsightsAccessScope
      NetworkInsightsAccessScopeAnalysis NetworkInsightsAnalysis NetworkInsightsPath NetworkInterface
      NetworkInterfacePermission NetworkPerformanceMetricSubscription PrefixList Route RouteServer
      RouteServerAssociation RouteServerEndpoint RouteServerPeer RouteServerPropagation RouteTable SecurityGroup
      SecurityGroupEgress SecurityGroupIngress SecurityGroupVpcAssociation Subnet SubnetCidrBlock
      SubnetCidrReservation SubnetNetworkAclAssociation SubnetRouteTableAssociation TrafficMirrorFilter
      TrafficMirrorFilterRule TrafficMirrorSession TrafficMirrorTarget TransitGateway TransitGatewayAttachment
      TransitGatewayConnect TransitGatewayConnectPeer TransitGatewayMeteringPolicy TransitGatewayMeteringPolicyEntry
      TransitGatewayMulticastDomain TransitGatewayMulticastDomainAssociation TransitGatewayMulticastGroupMember
      TransitGatewayMulticastGroupSource TransitGatewayPeeringAttachment TransitGatewayPolicyTable
      TransitGatewayPolicyTableAssociation TransitGatewayPolicyTableEntry TransitGatewayRoute
      TransitGatewayRouteTable TransitGatewayRouteTableAssociation TransitGatewayRouteTablePropagation
      TransitGatewayVpcAttachment VPC VPCBlockPublicAccessExclusion VPCBlockPublicAccessOptions VPCCidrBlock
      VPCDHCPOptionsAssociation VPCEncryptionControl VPCEndpoint VPCEndpointConnectionNotification VPCEndpointService
      VPCEndpointServicePermissions VPCGatewayAttachment VPCPeeringConnection VPNConcentrator VPNConnection
      VPNConnectionRoute VPNGateway VPNGatewayRoutePropagation`,
    NetworkFirewall:
      'ContainerAssociation Firewall FirewallPolicy LoggingConfiguration RuleGroup TLSInspectionConfiguration VpcEndpointAssociation',
    NetworkManager: `ConnectAttachment ConnectPeer CoreNetwork CoreNetworkPrefixListAssociation
      CustomerGatewayAssociation Device DirectConnectGatewayAttachment GlobalNetwork Link LinkAssociation Site
      SiteToSiteVpnAttachment TransitGatewayPeering TransitGatewayRegistration TransitGatewayRouteTableAttachment
      VpcAttachment`,
    Route53Profiles: 'Profile ProfileAssociation ProfileResourceAssociation',
    Route53Resolver: `FirewallDomainList FirewallRuleGroup FirewallRuleGroupAssociation OutpostResolver ResolverConfig
      ResolverDNSSECConfig ResolverEndpoint ResolverQueryLoggingConfig ResolverQueryLoggingConfigAssociation
      ResolverRule ResolverRuleAssociation`,
    Shield: 'DRTAccess ProactiveEngagement Protection ProtectionGroup',
  },
  machines: {
    EC2: 'CapacityReservation CapacityReservationFleet InstanceConnectEndpoint InstanceEventWindow KeyPair LaunchTemplate PlacementGroup',
    IAM: 'InstanceProfile',
    ImageBuilder:
      'Component ContainerRecipe DistributionConfiguration ImageRecipe InfrastructureConfiguration LifecyclePolicy Workflow',
  },
  bill: {
    BCM: 'Dashboard ScheduledReport',
    BCMDataExports: 'Export',
    BcmPricingCalculator: 'BillScenario WorkloadEstimate',
    Billing: 'BillingView',
    BillingConductor: 'BillingGroup CustomLineItem PricingPlan PricingRule',
    Budgets: 'Budget BudgetsAction',
    CE: 'AnomalyMonitor AnomalySubscription CostCategory',
    CUR: 'ReportDefinition',
    ComputeOptimizer: 'AutomationRule',
    EC2: 'CapacityManagerDataExport',
    S3: 'StorageLens StorageLensGroup',
  },
  audit: {
    AccessAnalyzer: 'Analyzer ArchiveRule',
    AuditManager: 'Assessment AssessmentFramework',
    Config: `AggregationAuthorization ConfigRule ConfigurationAggregator ConfigurationRecorder ConformancePack
      DeliveryChannel OrganizationConfigRule OrganizationConformancePack RemediationConfiguration StoredQuery`,
    Detective: 'Graph MemberInvitation OrganizationAdmin',
    EC2: 'SnapshotBlockPublicAccess',
    ECR: 'PullTimeUpdateExclusion RegistryScanningConfiguration',
    FMS: 'ApplicationsList NotificationChannel Policy ProtocolsList ResourceSet',
    GuardDuty:
      'Detector Filter IPSet Master Member PublishingDestination ThreatEntitySet ThreatIntelSet TrustedEntitySet',
    Inspector: 'AssessmentTarget AssessmentTemplate ResourceGroup',
    InspectorV2: 'CisScanConfiguration CodeSecurityIntegration CodeSecurityScanConfiguration Filter',
    IoT: 'AccountAuditConfiguration CustomMetric Dimension FleetMetric MitigationAction ScheduledAudit SecurityProfile',
    Macie: 'AllowList CustomDataIdentifier FindingsFilter Member Session',
    ResilienceHub: 'App ResiliencyPolicy',
    Route53RecoveryReadiness: 'Cell ReadinessCheck RecoveryGroup ResourceSet',
    SecurityHub: `AggregatorV2 AutomationRule AutomationRuleV2 ConfigurationPolicy DelegatedAdmin
      FindingAggregator Hub HubV2 Insight OrganizationConfiguration PolicyAssociation ProductSubscription
      SecurityControl Standard`,
    SecurityLake: 'AwsLogSource DataLake',
    WellArchitected: 'Lens Profile ReviewTemplate Workload',
  },
  monitoring: {
    ApplicationInsights: 'Application',
    ApplicationSignals: 'Discovery GroupingConfiguration ServiceLevelObjective',
    CloudFront: 'MonitoringSubscription',
    CodeGuruProfiler: 'ProfilingGroup',
    DevOpsGuru: 'LogAnomalyDetectionIntegration NotificationChannel ResourceCollection',
    InternetMonitor: 'Monitor',
    Logs: 'LogAnomalyDetector QueryDefinition',
    NetworkFlowMonitor: 'Monitor Scope',
    NetworkMonitor: 'Monitor',
    Oam: 'Link Sink',
    QuickSight:
      'Analysis Dashboard DataSet DataSource Folder RefreshSchedule Template Theme Topic VPCConnection',
    RUM: 'AppMonitor',
    Route53: 'HealthCheck QueryLoggingConfig',
    XRay: 'Group ResourcePolicy SamplingRule TransactionSearchConfig',
  },
  backup: {
    Backup: `BackupPlan BackupSelection BackupVault Framework LegalHold LogicallyAirGappedBackupVault ReportPlan
      RestoreTestingPlan RestoreTestingSelection TieringConfiguration`,
    DLM: 'LifecyclePolicy',
    Rbin: 'Rule',
  },
  upkeep: {
    ARCRegionSwitch: 'Plan',
    FIS: 'ExperimentTemplate TargetAccountConfiguration',
    SSM: `Association Document MaintenanceWindow MaintenanceWindowTarget MaintenanceWindowTask OpsItem PatchBaseline
      ResourceDataSync ServiceSetting`,
    SSMQuickSetup: 'ConfigurationManager LifecycleAutomation',
  },
  catalogue: {
    ApiGateway: 'DocumentationPart DocumentationVersion',
    EventSchemas: 'Discoverer Registry Schema',
    LicenseManager: 'Grant License LicenseAssetGroup LicenseAssetRuleSet',
    ResourceExplorer2: 'DefaultViewAssociation Index View',
    ResourceGroups: 'Group TagSyncTask',
    ServiceCatalog: `AcceptedPortfolioShare CloudFormationProduct LaunchNotificationConstraint LaunchRoleConstraint
      LaunchTemplateConstraint Portfolio PortfolioPrincipalAssociation PortfolioProductAssociation PortfolioShare
      ResourceUpdateConstraint ServiceAction ServiceActionAssociation StackSetConstraint TagOption
      TagOptionAssociation`,
    ServiceCatalogAppRegistry: 'Application AttributeGroup AttributeGroupAssociation ResourceAssociation',
    UXC: 'AccountCustomization',
  },
  people: {
    Chatbot: 'CustomAction MicrosoftTeamsChannelConfiguration SlackChannelConfiguration',
    CodeStarNotifications: 'NotificationRule',
    IAM: 'OIDCProvider SAMLProvider',
    Notifications: `ChannelAssociation EventRule ManagedNotificationAccountContactAssociation
      ManagedNotificationAdditionalChannelAssociation NotificationConfiguration NotificationHub
      OrganizationalUnitAssociation`,
    NotificationsContacts: 'EmailContact',
    RolesAnywhere: 'CRL Profile TrustAnchor',
    SSMContacts: 'Contact ContactChannel Plan Rotation',
    SSMIncidents: 'ReplicationSet ResponsePlan',
    SSO: 'Application ApplicationAssignment Assignment Instance InstanceAccessControlAttributeConfiguration PermissionSet',
    SupportApp: 'AccountAlias SlackChannelConfiguration SlackWorkspaceConfiguration',
  },
  builds: {
    CodeArtifact: 'Domain PackageGroup Repository',
    CodeBuild: 'Fleet Project ReportGroup SourceCredential',
    CodeConnections: 'Connection Host',
    CodeDeploy: 'Application DeploymentConfig DeploymentGroup',
    CodeGuruReviewer: 'RepositoryAssociation',
    CodeStarConnections: 'Connection RepositoryLink SyncConfiguration',
  },
  domain: {
    ApiGateway: 'BasePathMapping ClientCertificate DomainName',
    ApiGatewayV2: 'ApiMapping DomainName',
    CertificateManager: 'Account Certificate',
    IAM: 'ServerCertificate',
    Route53: 'CidrCollection DNSSEC DelegationSet HostedZone KeySigningKey RecordSet RecordSetGroup',
  },
};

/** `AWS::EC2::VPC` → its class. */
export const keptTypeClasses: ReadonlyMap<string, KeptClassName> = new Map(
  // The keys of an object are texts to the compiler, whatever its type says.
  (Object.entries(lists) as [KeptClassName, Names][]).flatMap(([className, namespaces]) =>
    Object.entries(namespaces).flatMap(([namespace, names]) =>
      names.split(/\s+/).map((name) => [`AWS::${namespace}::${name}`, className] as const),
    ),
  ),
);
