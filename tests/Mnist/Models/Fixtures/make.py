"""Writes normalised.pt: a state_dict of PyTorch with a batch normalisation that has seen one batch. python3 make.py"""
import torch

torch.manual_seed(1)
model = torch.nn.Sequential()
model.add_module("conv", torch.nn.Conv2d(1, 2, 7, stride=7, bias=False))
model.add_module("bn", torch.nn.BatchNorm2d(2))
model.add_module("flatten", torch.nn.Flatten())
model.add_module("fc", torch.nn.Linear(32, 10))
with torch.no_grad():
    model(torch.randn(8, 1, 28, 28))
torch.save(model.state_dict(), "normalised.pt")
print(model.bn.running_mean.tolist(), model.bn.running_var.tolist())
model = model.double().eval()
x = torch.sin(0.1 * torch.arange(784, dtype=torch.double)).reshape(1, 1, 28, 28)
print(repr(torch.nn.functional.cross_entropy(model(x), torch.tensor([4])).item()))
