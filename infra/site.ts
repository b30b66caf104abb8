/** The site: an HTTP API whose routes are the paths of the handlers' triggers. */
import { CfnOutput, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type DomainName,
  HttpApi,
  HttpRoute,
  HttpRouteKey,
  HttpMethod,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** Neither path nor network address: the path of an unsubscribe link holds its reader's token. */
const logged = {
  requestId: '$context.requestId',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latency: '$context.responseLatency',
};

export interface SiteProps {
  /** The site's own name. Without one the site is at an address of API Gateway's. */
  domainName?: DomainName | undefined;
}

export class Site extends Construct {
  readonly address: CfnOutput;
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, { domainName }: SiteProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      apiName: Stack.of(this).stackName,
      createDefaultStage: false,
      // one address for everybody: what the links in mails say
      disableExecuteApiEndpoint: domainName !== undefined,
    });
    this.api.addStage('Stage', {
      autoDeploy: true,
      ...(domainName && { domainMapping: { domainName } }),
      throttle: { rateLimit: 50, burstLimit: 100 }, // requests a second, and at once
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'Log', {
            retention: RetentionDays.THREE_MONTHS,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
        format: AccessLogFormat.custom(JSON.stringify(logged)),
      },
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'The site is public: readers have no accounts, and the links in their mails carry signed tokens.',
    });
    this.address = new CfnOutput(Stack.of(this), 'SiteAddress', {
      value: domainName ? `https://${domainName.name}` : this.api.apiEndpoint,
    });
  }

  /** Opens a handler with every method of the paths; "$default" stands for all paths that nobody else has. */
  open(handler: IFunction, paths: readonly string[]): HttpRoute[] {
    const integration = new HttpLambdaIntegration(handler.node.path, handler);
    return paths.map((path) => {
      const routeKey = path === '$default' ? HttpRouteKey.DEFAULT : HttpRouteKey.with(path, HttpMethod.ANY);
      return new HttpRoute(this, `Route ${path}`, { httpApi: this.api, routeKey, integration });
    });
  }
}
