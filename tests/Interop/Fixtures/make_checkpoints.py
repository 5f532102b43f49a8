"""Makes the files of saved/small-*.pt: one linear layer, fc.weight = [[0, 1, 2], [3, 4, 5]], fc.bias = [6, 7], saved in as many ways. Run with PyTorch 1.13 in this folder."""
import argparse
import collections
import os
import pathlib
import pickle
import zipfile

import numpy
import torch


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = torch.nn.Linear(3, 2)
        self.act = torch.nn.ReLU()
        self.note = {"anything": {1, 2}, "path": pathlib.PurePosixPath("a/b")}
        with torch.no_grad():
            self.fc.weight.copy_(torch.arange(6.0).reshape(2, 3))
            self.fc.bias.copy_(torch.tensor([6.0, 7.0]))

    def forward(self, x):
        return self.act(self.fc(x))


def save(name, content, **options):
    torch.save(content, os.path.join("saved", f"small-{name}.pt"), **options)


def rezip(name, edit):
    with zipfile.ZipFile("saved/small-state.pt") as old, zipfile.ZipFile(f"saved/small-{name}.pt", "w") as new:
        for part in old.namelist():
            edit(new, part.split("/", 1)[1], old.read(part))


net = Net()
state = net.state_dict()
weight, bias = state["fc.weight"], state["fc.bias"]
optimizer = torch.optim.Adam(net.parameters())
net(torch.ones(4, 3)).sum().backward()
zero = torch.optim.Adam(net.parameters(), lr=0.0)
zero.step()
save("state", state)
for protocol in (2, 3, 4, 5):
    save(f"protocol{protocol}", {"fc.weight": weight, "fc.bias": bias, "big": 10**30, "set": {1}, "bytes": b"12", "pair": (1, 2.5)}, pickle_protocol=protocol)
    save(f"legacy-protocol{protocol}", state, pickle_protocol=protocol, _use_new_zipfile_serialization=False)
save("module", net)
save("module-legacy", net, _use_new_zipfile_serialization=False)
save("module-parallel", {"model": torch.nn.DataParallel(net), "epoch": 3})
torch.jit.script(net).save("saved/small-scripted.pt")
save("optimizer", {"model": state, "optimizer": zero.state_dict(), "args": argparse.Namespace(lr=0.1, out=pathlib.PurePosixPath("x")), "best": numpy.float64(0.9), "rng": torch.get_rng_state()[:8],
                   "history": collections.defaultdict(list, loss=[1.0, 0.5])})
save("nested", {"checkpoint": {"params": {"module._orig_mod.module.fc.weight": weight, "module._orig_mod.module.fc.bias": bias, "module._orig_mod.module.bn.num_batches_tracked": torch.tensor(7)}}})
save("lightning", {"state_dict": {"model.net.fc.weight": weight, "model.net.fc.bias": bias}, "pytorch-lightning_version": "2.0", "callbacks": {"x": torch.zeros(2)}})
save("ema", {"model": state, "ema": {"fc.weight": weight + 1, "fc.bias": bias + 1}})
save("same-twice", {"model": state, "state_dict": net.state_dict()})
save("two-shapes", {"generator": {"fc.weight": torch.zeros(5, 5), "fc.bias": torch.zeros(5)}, "discriminator": state})
save("views", {"fc.weight": torch.arange(6.0).reshape(2, 3).t().contiguous().t(), "fc.bias": torch.arange(10.0)[6:8]})
save("shared", {"fc.weight": torch.arange(8.0)[:6].view(2, 3), "fc.bias": torch.arange(8.0)[6:]})
flat = torch.arange(8.0)
save("shared-legacy", {"fc.weight": flat[:6].view(2, 3), "fc.bias": flat[6:]}, _use_new_zipfile_serialization=False)
save("bfloat16", {name: tensor.bfloat16() for name, tensor in state.items()})
save("float16-legacy", {name: tensor.half() for name, tensor in state.items()}, _use_new_zipfile_serialization=False)
save("float64-legacy", {"a": torch.tensor([True]), "fc.weight": weight.double(), "n": torch.tensor([1, 2, 3]), "fc.bias": bias.double()}, _use_new_zipfile_serialization=False)
save("parameters", dict(net.named_parameters()))
save("sparse", {"fc.weight": weight.to_sparse(), "fc.bias": bias})
save("tuple", (state, {"epoch": 1}))
with open("saved/small-plain-pickle.pt", "wb") as file:
    pickle.dump({"fc.weight": weight, "fc.bias": bias}, file, protocol=4)
rezip("deflated", lambda zip, name, data: zip.writestr(f"another name/{name}", data, zipfile.ZIP_DEFLATED))
rezip("no-folder", lambda zip, name, data: zip.writestr(name, data))


def swapped(zip, name, data):
    if name.startswith("data/"):
        data = numpy.frombuffer(data, "<f4").astype(">f4").tobytes()
    zip.writestr(f"big/{name}", data)


rezip("big-endian", swapped)
with zipfile.ZipFile("saved/small-big-endian.pt", "a") as file:
    file.writestr("big/byteorder", "big")


class Unseekable:
    def __init__(self, file):
        self.file = file

    def write(self, data):
        return self.file.write(data)

    def flush(self):
        self.file.flush()


with zipfile.ZipFile("saved/small-state.pt") as old, open("saved/small-descriptors.pt", "wb") as file, zipfile.ZipFile(Unseekable(file), "w") as new:
    for part in old.namelist():
        new.writestr(part, old.read(part), zipfile.ZIP_DEFLATED)
