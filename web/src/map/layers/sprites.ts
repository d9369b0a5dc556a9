/**
 * Draws symbols by the thousand: one vertex buffer, one picture, one call. A point is four numbers, so that a second's
 * worth of new places is a copy and no re-clustering of a source.
 */
import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibreMap } from 'maplibre-gl';
import type { Atlas } from '../symbols/atlas';

/** A symbol at a point of the map (Web Mercator, the whole world 0 to 1). */
export interface Sprite {
  x: number;
  y: number;
  /** Which cell of the picture. */
  look: number;
  /** 0 to 1. */
  opacity: number;
}

const numbersEach = 4;
const bytesEach = numbersEach * Float32Array.BYTES_PER_ELEMENT;

const vertexShader = `#version 300 es
uniform mat4 u_matrix;
uniform vec2 u_size;
uniform vec2 u_cells;
layout(location = 0) in vec4 a_sprite;
out vec2 v_at;
out float v_opacity;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec4 point = u_matrix * vec4(a_sprite.xy, 0.0, 1.0);
  gl_Position = point + vec4((corner - 0.5) * u_size * vec2(1.0, -1.0) * point.w, 0.0, 0.0);
  float look = a_sprite.z;
  vec2 cell = vec2(mod(look, u_cells.x), floor(look / u_cells.x));
  v_at = (cell + corner) / u_cells;
  v_opacity = a_sprite.w;
}`;

const fragmentShader = `#version 300 es
precision mediump float;
uniform sampler2D u_picture;
in vec2 v_at;
in float v_opacity;
out vec4 colour;
void main() {
  colour = texture(u_picture, v_at) * v_opacity;
}`;

/** How wide a symbol is at a zoom, pixels. */
export function spriteWidth_px(zoom: number): number {
  const stops: [number, number][] = [
    [9, 6],
    [12, 12],
    [14, 22],
    [17, 38],
  ];
  for (let at = 1; at < stops.length; at += 1) {
    const [z0, w0] = stops[at - 1] as [number, number];
    const [z1, w1] = stops[at] as [number, number];
    if (zoom < z1) return w0 + ((w1 - w0) * Math.max(0, zoom - z0)) / (z1 - z0);
  }
  return 38;
}

export class SpriteLayer implements CustomLayerInterface {
  readonly id: string;
  readonly type = 'custom' as const;
  readonly renderingMode = '2d' as const;
  #atlas: Atlas;
  #map: MapLibreMap | null = null;
  #sprites: readonly Sprite[] = [];
  /** Places are counted from here, so that 32 bits are exact to centimetres. */
  #origin = { x: 0, y: 0 };
  #drawn: { program: WebGLProgram; buffer: WebGLBuffer; array: WebGLVertexArrayObject } | null = null;
  #texture: WebGLTexture | null = null;
  #changed = false;

  constructor(id: string, atlas: Atlas) {
    this.id = id;
    this.#atlas = atlas;
  }

  /** These are drawn from now on. */
  show(sprites: readonly Sprite[]): void {
    this.#sprites = sprites;
    this.#changed = true;
    this.#map?.triggerRepaint();
  }

  onAdd(map: MapLibreMap, gl: WebGLRenderingContext | WebGL2RenderingContext): void {
    if (!(gl instanceof WebGL2RenderingContext)) throw new Error('this browser draws no WebGL 2');
    this.#map = map;
    const program = link(gl);
    const [buffer, array] = [gl.createBuffer(), gl.createVertexArray()];
    gl.bindVertexArray(array);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, numbersEach, gl.FLOAT, false, bytesEach, 0);
    gl.vertexAttribDivisor(0, 1);
    gl.bindVertexArray(null);
    this.#texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, this.#texture);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, this.#atlas.picture);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.generateMipmap(gl.TEXTURE_2D);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
    this.#drawn = { program, buffer, array };
    this.#changed = true;
  }

  onRemove(_map: MapLibreMap, gl: WebGLRenderingContext | WebGL2RenderingContext): void {
    if (this.#drawn && gl instanceof WebGL2RenderingContext) {
      gl.deleteProgram(this.#drawn.program);
      gl.deleteBuffer(this.#drawn.buffer);
      gl.deleteVertexArray(this.#drawn.array);
      gl.deleteTexture(this.#texture);
    }
    this.#drawn = null;
    this.#map = null;
  }

  render(
    gl: WebGLRenderingContext | WebGL2RenderingContext,
    { defaultProjectionData }: CustomRenderMethodInput,
  ): void {
    if (!this.#drawn || !this.#map || !(gl instanceof WebGL2RenderingContext)) return;
    const { program, buffer, array } = this.#drawn;
    if (this.#changed) this.#fill(gl, buffer);
    if (this.#sprites.length === 0) return;
    const { clientWidth, clientHeight } = this.#map.getCanvas();
    const width = spriteWidth_px(this.#map.getZoom());
    gl.useProgram(program);
    gl.bindVertexArray(array);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.#texture);
    const uniform = (name: string) => gl.getUniformLocation(program, name);
    gl.uniformMatrix4fv(
      uniform('u_matrix'),
      false,
      moved(defaultProjectionData.mainMatrix as unknown as ArrayLike<number>, this.#origin),
    );
    gl.uniform2f(uniform('u_size'), (2 * width) / clientWidth, (2 * width) / clientHeight);
    gl.uniform2f(uniform('u_cells'), this.#atlas.columns, this.#atlas.rows);
    gl.uniform1i(uniform('u_picture'), 0);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.STENCIL_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.#sprites.length);
    gl.bindVertexArray(null);
  }

  #fill(gl: WebGL2RenderingContext, buffer: WebGLBuffer): void {
    const [first] = this.#sprites;
    this.#origin = first ? { x: first.x, y: first.y } : { x: 0, y: 0 };
    const numbers = new Float32Array(this.#sprites.length * numbersEach);
    this.#sprites.forEach(({ x, y, look, opacity }, at) => {
      numbers.set([x - this.#origin.x, y - this.#origin.y, look, opacity], at * numbersEach);
    });
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, numbers, gl.DYNAMIC_DRAW);
    this.#changed = false;
  }
}

/** A matrix (by columns) that is given points counted from an origin; reckoned in 64 bits. */
function moved(matrix: ArrayLike<number>, { x, y }: { x: number; y: number }): Float32Array {
  const at = (index: number) => matrix[index] as number;
  const result = Float32Array.from({ length: 16 }, (_, index) => at(index));
  for (let row = 0; row < 4; row += 1) result[12 + row] = at(12 + row) + at(row) * x + at(4 + row) * y;
  return result;
}

function link(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) throw new Error('the map was lost');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
    throw new Error(`symbols cannot be drawn: ${gl.getProgramInfoLog(program)}`);
  }
  return program;
}
