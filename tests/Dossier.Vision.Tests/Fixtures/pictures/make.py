"""Makes the fixtures of this folder with Pillow and numpy: python3 make.py"""
import math
import os

import numpy as np
from PIL import Image

here = os.path.dirname(os.path.abspath(__file__))


def save(picture, name, **options):
    picture.save(os.path.join(here, name), **options)


random = np.random.default_rng(7)
height, width = 53, 77
y, x = np.mgrid[0:height, 0:width]
smooth = np.stack([127 + 127 * np.sin(x / 5), 127 + 127 * np.cos(y / 7), (x * y) % 256], axis=-1)
smooth[20:30, 30:50] = [255, 0, 255]
pixels = np.clip(smooth + random.normal(0, 20, smooth.shape), 0, 255).astype(np.uint8)
source = Image.fromarray(pixels)
save(source, "source.png", optimize=True)

filters = {"nearest": Image.NEAREST, "lanczos": Image.LANCZOS, "bilinear": Image.BILINEAR, "bicubic": Image.BICUBIC}
for name, resample in filters.items():
    for to in [(16, 16), (77, 20), (31, 53), (5, 3), (90, 120)]:
        save(source.resize(to, resample), f"resized-{name}-{to[0]}x{to[1]}.png", optimize=True)
    save(source.crop((11, 7, 11 + 40, 7 + 29)).resize((16, 16), resample), f"cropped-{name}.png", optimize=True)

# Kinds of pictures, each beside what PIL's convert("RGB") makes of it.
def kind(picture, name, **options):
    save(picture, name, **options)
    Image.open(os.path.join(here, name)).convert("RGB").save(os.path.join(here, name + ".rgb.png"), optimize=True)


small = source.crop((0, 0, 40, 32))
alpha = Image.fromarray(random.integers(0, 256, (32, 40), dtype=np.uint8))
transparent = small.copy()
transparent.putalpha(alpha)
kind(small.convert("L"), "grey.png")
kind(Image.merge("LA", (small.convert("L"), alpha)), "grey-alpha.png")
kind(transparent, "alpha.png")
kind(small.quantize(37), "palette.png")
kind(small.quantize(37), "palette-transparent.png", transparency=3)
kind(small.convert("1"), "bits.png")
kind(small, "colour.jpg", quality=92, subsampling=0)
kind(small, "subsampled.jpg", quality=80)
kind(small, "progressive.jpg", quality=80, progressive=True)
kind(small.convert("L"), "grey.jpg", quality=90)
kind(small.convert("CMYK"), "cmyk.jpg", quality=95, subsampling=0)
kind(small, "colour.bmp")
kind(small.quantize(64), "palette.gif")
kind(small, "lossless.webp", lossless=True)
kind(small, "lossy.webp", quality=90)
orientation = Image.Exif()
orientation[0x112] = 6
kind(small, "turned.jpg", quality=90, subsampling=0, exif=orientation)

# What ViTImageProcessor makes of the source: resized, rescaled in float64, normalised in float32.
resized = np.asarray(source.resize((16, 16), Image.BILINEAR))
rescaled = (resized * (1 / 255)).astype(np.float32)
normalized = (rescaled - np.array([0.485, 0.456, 0.406], dtype=np.float32)) / np.array([0.229, 0.224, 0.225], dtype=np.float32)
normalized.transpose(2, 0, 1).astype("<f4").tofile(os.path.join(here, "normalized.f32"))
