/** The HTTP contract, in the form in which openapi-typescript writes it. */
interface Position {
  lon: number;
  lat: number;
}
interface AreaName {
  id: number;
  level: string;
  code: string;
  name: string;
}
interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail?: string;
  instance?: string;
  field?: string;
}
interface CaseView {
  id: number;
  type: string;
  category?: string | null;
  state: string;
  text: string;
  channel: string;
  place: Position;
  areas: AreaName[];
  hazard?: number | null;
  report?: number | null;
  received_at: string;
  revision: number;
}
interface Answer<T> {
  headers: { [name: string]: unknown };
  content: { 'application/json': T };
}
interface Refusal {
  headers: { [name: string]: unknown };
  content: { 'application/problem+json': ProblemBody };
}
interface Get<Query, T> {
  parameters: { query?: Query; header?: never; path?: never; cookie?: never };
  get: {
    parameters: { query?: Query; header?: never; path?: never; cookie?: never };
    requestBody?: never;
    responses: { 200: Answer<T>; default: Refusal };
  };
}

export interface paths {
  '/api/v1/city': Get<
    never,
    {
      name?: string | null;
      bounds?: number[] | null;
      centre?: Position | null;
      counts: {
        districts: number;
        streets: number;
        communities: number;
        grids: number;
        compounds: number;
        buildings: number;
        stations: number;
        facilities: number;
        roads: number;
        hazards: number;
        cases: number;
      };
      attribution: string;
      version: string;
    }
  >;
  '/api/v1/categories': Get<
    never,
    { categories: { code: string; zh: string; en: string; hazard: boolean }[] }
  >;
  '/api/v1/locate': Get<
    { lon: number; lat: number; accuracy_m?: number },
    {
      place: Position;
      areas: AreaName[];
      compound?: { id: number; name?: string | null } | null;
      building?: {
        id: number;
        name?: string | null;
        address?: string | null;
        storeys?: number | null;
        households?: number | null;
      } | null;
      street?: { id: number; name?: string | null; distance_m: number } | null;
      version: string;
    }
  >;
  '/api/v1/near': Get<
    { lon: number; lat: number; kinds?: string; k?: number; radius_m?: number },
    {
      place: Position;
      results: {
        kind: string;
        id: number;
        name?: string | null;
        detail?: unknown;
        distance_m: number;
        place: Position;
      }[];
      version: string;
    }
  >;
  '/api/v1/cases': Get<
    { state?: string; area?: number; category?: string; limit?: number; cursor?: string },
    { cases: CaseView[]; next?: string | null; version: string }
  >;
  '/api/v1/reports': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': { channel: string; category?: string | null; text: string; place: Position };
        };
      };
      responses: {
        200: Answer<Acknowledged>;
        201: Answer<Acknowledged>;
        default: Refusal;
      };
    };
  };
  '/api/v1/tiles/{set}': {
    parameters: { query?: never; header?: never; path: { set: string }; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { set: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: Answer<{ tiles: string[] }>; default: Refusal };
    };
  };
}
interface Acknowledged {
  report: number;
  case: number;
  hazard?: number | null;
  areas: AreaName[];
  version: string;
}
