#!/usr/bin/python3
"""Makes the fixtures that PyTorch itself writes: see README.md. make.py must have run before."""

import collections
import os

import torch
from make import HERE, read_safetensors, write_safetensors


def main():
    tiny = read_safetensors(os.path.join(HERE, "tiny-vit", "model.safetensors"))
    state = collections.OrderedDict((name, torch.tensor(values)) for name, values in tiny.items())
    # As Module.state_dict() has it.
    state._metadata = collections.OrderedDict([("", {"version": 1}), ("vit", {"version": 1})])
    torch.save(state, os.path.join(HERE, "tiny-vit.bin"))

    numbers = torch.arange(24, dtype=torch.float32)
    shared = torch.linspace(-1, 1, 12)
    views = collections.OrderedDict(
        plain=numbers.reshape(4, 6).clone(),
        transposed=numbers.reshape(4, 6).clone().t(),
        permuted=numbers.reshape(2, 3, 4).clone().permute(2, 0, 1),
        stepped=numbers.clone()[1::3],
        repeated=torch.tensor([1.5, -2.5]).unsqueeze(1).expand(2, 3),
        first=shared[:5],
        second=shared[5:].reshape(7, 1),
        tied=shared,
        scalar=torch.tensor(3.25),
        empty=torch.zeros(0, 4),
        half=numbers.half() / 8,
        bfloat16=(numbers / 8).bfloat16(),
        double=numbers.double() / 3,
        parameter=torch.nn.Parameter(torch.tensor([[1.0, 2.0], [3.0, 4.0]])),
    )
    torch.save(views, os.path.join(HERE, "views.bin"))
    write_safetensors(
        os.path.join(HERE, "views.safetensors"),
        {name: tensor.detach().float().contiguous().numpy() for name, tensor in views.items()},
    )
    torch.save({"weight": numbers.clone()}, os.path.join(HERE, "dict.bin"))
    torch.save({"weight": numbers.clone()}, os.path.join(HERE, "legacy.bin"), _use_new_zipfile_serialization=False)
    torch.save(torch.nn.Linear(2, 2), os.path.join(HERE, "module.bin"))


if __name__ == "__main__":
    main()
