// Generated from server/openapi.json by `npm run api`; not written by hand.
export interface paths {
    "/api/v1/areas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Areas as they are today, by id. */
        get: {
            parameters: {
                query?: {
                    /** @description `district`, `street`, `community` or `grid`. */
                    level?: string;
                    /** @description Only those right under this area. */
                    parent?: number;
                    /** @description How many, up to 1,000. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AreaPage"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One area as it is today, with its ground. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description its number */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AreaWhole"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cases, the newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description `open` or `closed`; both if left out. */
                    state?: string;
                    /** @description Only those of a category. */
                    category?: string;
                    /** @description Only those of an area and what lies in it. */
                    area?: number;
                    /** @description How many, up to 200. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CasePage"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One case. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description its number */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseView"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The categories of matters, by code. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Categories"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/city": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The city that is mapped. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["City"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/locate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a place is: its areas, compound, building and street. */
        get: {
            parameters: {
                query: {
                    /** @description Longitude, degrees. */
                    lon: number;
                    /** @description Latitude, degrees. */
                    lat: number;
                    /** @description The radius that holds the truth with 68 %, metres, up to 2,000; given, each grid in question is named with its probability. */
                    accuracy_m?: number;
                    /** @description The frame of `lon` and `lat`: `wgs84` (if left out), `cgcs2000`, `gcj02` or `bd09`. */
                    frame?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Located"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/near": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is near a place, the nearest first; ties by kind and number. */
        get: {
            parameters: {
                query: {
                    /** @description Longitude, degrees. */
                    lon: number;
                    /** @description Latitude, degrees. */
                    lat: number;
                    /** @description Kinds, joined by commas: `station`, `facility`, `hazard`, `building`, `compound`, `street`; all if left out. */
                    kinds?: string;
                    /** @description How many, 1 to 100. */
                    k?: number;
                    /** @description How far to look, metres, 1 to 20,000. */
                    radius_m?: number;
                    /** @description The frame of `lon` and `lat`: `wgs84` (if left out), `cgcs2000`, `gcj02` or `bd09`. */
                    frame?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NearView"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a report. The answer is given once the report is safe on the disk; the same request under the same key is answered the same
         *     again and stored once.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description 1 to 128 visible characters, new for each report, the same when it is repeated; kept for 7 days */
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewReport"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReceivedView"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/styles/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A `MapLibre` style of the pages, with every address on this server. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description `day` */
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description a MapLibre style */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": Record<string, never>;
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tiles/{set}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a set of tiles holds and how its tiles are fetched. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description `base` or `live` */
                    set: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description a TileJSON 3.0 document */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": Record<string, never>;
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tiles/{set}/{z}/{x}/{y}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One vector tile. Empty ones are 204. */
        get: {
            parameters: {
                query?: {
                    /** @description Anything that makes the URL new, for clients that would not ask again otherwise. It is not looked at. */
                    v?: string;
                };
                header?: never;
                path: {
                    /** @description `base` or `live` */
                    set: string;
                    /** @description 0 to 18 */
                    z: number;
                    /** @description column from the west */
                    x: number;
                    /** @description row from the north */
                    y: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description a Mapbox Vector Tile 2.1 */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/vnd.mapbox-vector-tile": unknown;
                    };
                };
                /** @description nothing to be seen */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description the same as before */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description An area by what people call it. */
        AreaName: {
            /** @description Its code. */
            code: string;
            /**
             * Format: int64
             * @description Its id.
             */
            id: number;
            /** @description `district`, `street`, `community` or `grid`. */
            level: string;
            /** @description Its name. */
            name: string;
        };
        /** @description A page of areas, by id. */
        AreaPage: {
            areas: components["schemas"]["AreaView"][];
            /** @description Give it as `cursor` for the next page; null at the end. */
            next?: string | null;
            /** @description The version of the map. */
            version: string;
        };
        /** @description An area as it is today. */
        AreaView: components["schemas"]["AreaName"] & {
            /** @description The box around it: west, south, east, north. */
            bounds: number[];
            /** @description A point surely inside, where a label fits. */
            centre: components["schemas"]["PlaceView"];
            /**
             * Format: int32
             * @description Households in it, where known.
             */
            households?: number | null;
            /**
             * Format: int64
             * @description The area above it.
             */
            parent?: number | null;
            /** @description How its code is read: `statistics`, `unit_grid`, `component` or `local`. */
            scheme: string;
        };
        /** @description An area with its ground. */
        AreaWhole: components["schemas"]["AreaView"] & {
            /** @description How many areas lie right under it. */
            children: number;
            /** @description Its ground: a GeoJSON `MultiPolygon`. */
            geometry: Record<string, never>;
            /** @description The version of the map. */
            version: string;
        };
        /** @description What is known of a building. */
        BuildingView: {
            address?: string | null;
            /** Format: int32 */
            households?: number | null;
            /** Format: int64 */
            id: number;
            name?: string | null;
            /** Format: int32 */
            storeys?: number | null;
        };
        /** @description A page of cases, the newest first. */
        CasePage: {
            cases: components["schemas"]["CaseView"][];
            /** @description Give it as `cursor` for the next page; null at the end. */
            next?: string | null;
            /** @description The version of the map. */
            version: string;
        };
        /** @description A case. */
        CaseView: {
            /** @description The areas in which it lay when it was opened, the widest first, by today's names. */
            areas: components["schemas"]["AreaName"][];
            category?: string | null;
            /** @description By which way its first report came. */
            channel: string;
            /** Format: int64 */
            hazard?: number | null;
            /** Format: int64 */
            id: number;
            place: components["schemas"]["PlaceView"];
            /** @description With the offset of China. */
            received_at: string;
            /**
             * Format: int64
             * @description Its first report.
             */
            report?: number | null;
            /**
             * Format: int64
             * @description How often it was written.
             */
            revision: number;
            /** @description `received`, `acknowledged`, `assigned`, `handled`, `closed` or `dismissed`. */
            state: string;
            /** @description The words of its first report. */
            text?: string | null;
            /** @description `police_matter`, `work_order`, `petition`, `dispute`, `hazard` or `help`. */
            type: string;
        };
        /** @description The categories of matters. */
        Categories: {
            categories: components["schemas"]["CategoryView"][];
        };
        /** @description A category of matters. */
        CategoryView: {
            /** @description Two digits. */
            code: string;
            /** @description Its English name. */
            en: string;
            /** @description Whether a report of it makes a hazard. */
            hazard: boolean;
            /** @description Its Chinese name. */
            zh: string;
        };
        /** @description The city. */
        City: {
            /** @description Whom to thank for the data. */
            attribution: string;
            /** @description The box around it; null for an empty store. */
            bounds?: number[] | null;
            centre?: components["schemas"]["PlaceView"] | null;
            /** @description How many there are of each kind. */
            counts: components["schemas"]["Counts"];
            /** @description The name of its widest area; null for an empty store. */
            name?: string | null;
            /** @description The version of the map. */
            version: string;
        };
        /** @description A compound by name. */
        CompoundView: {
            /** Format: int64 */
            id: number;
            name: string;
        };
        /** @description How many there are. */
        Counts: {
            buildings: number;
            cases: number;
            communities: number;
            compounds: number;
            districts: number;
            facilities: number;
            grids: number;
            hazards: number;
            /** @description Streets and footpaths one can walk. */
            roads: number;
            stations: number;
            /** @description Sub-districts 街道. */
            streets: number;
        };
        /** @description What is known of a thing, by its kind; what its kind does not have is left out. */
        Detail: {
            /** @description Of a building: street and number. */
            address?: string | null;
            /**
             * Format: int64
             * @description Of a hazard: the number of its case.
             */
            case?: number | null;
            /** @description Of a hazard: the code of its category. */
            category?: string | null;
            /** @description Of a station or facility: when it is open; empty where not known. */
            hours?: components["schemas"]["HoursView"][] | null;
            /** @description Of a facility or street: what it is. */
            kind?: string | null;
            /** @description Of a hazard: when it was first told of. */
            seen_at?: string | null;
            /** @description Of a hazard: `open` or `cleared`. */
            state?: string | null;
            /**
             * Format: int32
             * @description Of a building: storeys above ground.
             */
            storeys?: number | null;
        };
        /** @description How likely a grid holds the place. */
        GridChance: {
            area: components["schemas"]["AreaName"];
            /**
             * Format: double
             * @description 0 to 1; with `outside`, all add up to 1.
             */
            probability: number;
        };
        /** @description Part of a day of the week, in local minutes since midnight; `until_min` passes 1440 where it runs on into the next day. */
        HoursView: {
            /** @description `monday` … `sunday`. */
            day: string;
            /**
             * Format: int32
             * @description The first minute.
             */
            from_min: number;
            /**
             * Format: int32
             * @description The first minute after it.
             */
            until_min: number;
        };
        /** @description Where a place is. */
        Located: {
            /** @description The areas that hold it, the widest first. */
            areas: components["schemas"]["AreaName"][];
            building?: components["schemas"]["BuildingView"] | null;
            compound?: components["schemas"]["CompoundView"] | null;
            /** @description With `accuracy_m`: the grids in question, the likeliest first. */
            grids?: components["schemas"]["GridChance"][] | null;
            /**
             * Format: double
             * @description With `accuracy_m`: the probability that it lies in no grid.
             */
            outside?: number | null;
            place: components["schemas"]["PlaceView"];
            street?: components["schemas"]["StreetView"] | null;
            /** @description The version of the map. */
            version: string;
        };
        /** @description One thing that is near. */
        NearThing: {
            /** @description What else is known of it. */
            detail: components["schemas"]["Detail"];
            /**
             * Format: double
             * @description Straight distance to its outline, metres; 0 inside.
             */
            distance_m: number;
            /** Format: int64 */
            id: number;
            /** @description `station`, `facility`, `hazard`, `building`, `compound` or `street`. */
            kind: string;
            /** @description Its name, where it has one. */
            name?: string | null;
            /** @description The point of it that is nearest. */
            place: components["schemas"]["PlaceView"];
        };
        /** @description What is near, the nearest first. */
        NearView: {
            place: components["schemas"]["PlaceView"];
            results: components["schemas"]["NearThing"][];
            /** @description The version of the map. */
            version: string;
        };
        /** @description A point in the frame that is named beside it. */
        NewPlace: {
            /**
             * Format: double
             * @description Latitude, degrees.
             */
            lat: number;
            /**
             * Format: double
             * @description Longitude, degrees.
             */
            lon: number;
        };
        /** @description A report as it is told. */
        NewReport: {
            /**
             * @description What it is about: the code of a category, where known.
             * @example 14
             */
            category?: string | null;
            /**
             * @description By which way it came: `patrol`, `hotline`, `window`, `app`, `platform` or `desk`.
             * @example patrol
             */
            channel: string;
            /** @description The frame of `place`: `wgs84` (if left out), `cgcs2000`, `gcj02` or `bd09`. */
            frame?: string | null;
            /** @description Where. */
            place: components["schemas"]["NewPlace"];
            /**
             * @description The words, 1 to 2,000 characters. Write no names or telephone numbers into them.
             * @example 三单元门口有飞线充电
             */
            text: string;
        };
        /** @description A point in WGS-84. */
        PlaceView: {
            /**
             * Format: double
             * @description Latitude, degrees.
             */
            lat: number;
            /**
             * Format: double
             * @description Longitude, degrees.
             */
            lon: number;
        };
        /** @description An error as a problem document. */
        Problem: {
            /** @description What exactly, and what to do about it. */
            detail: string;
            /** @description The parameter or field that is meant. */
            field?: string | null;
            /**
             * Format: int32
             * @description The HTTP status.
             */
            status: number;
            /** @description The same in a few words. */
            title: string;
            /** @description Stable name of the problem: `/problems/<slug>`. */
            type: string;
        };
        /** @description What became of a report. */
        Received: {
            /**
             * Format: int64
             * @description The number of the case that it is part of.
             */
            case: number;
            /**
             * Format: int64
             * @description The number of the hazard on the map, where it is about one.
             */
            hazard?: number | null;
            /**
             * Format: int64
             * @description The number of the report.
             */
            report: number;
        };
        /** @description What became of a report, and where. */
        ReceivedView: components["schemas"]["Received"] & {
            /** @description The areas in which the place lies now, the widest first. */
            areas: components["schemas"]["AreaName"][];
            /** @description The version of the map that has it. */
            version: string;
        };
        /** @description A street close by. */
        StreetView: {
            /** Format: double */
            distance_m: number;
            /** Format: int64 */
            id: number;
            name: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
