#!/bin/sh
# Compiles a program's own assemblies to machine code, beside the program that the C# compiler made and without touching it.
# In LISTS lie: `own`, the assemblies to be compiled; `arguments` for the compiler; `beside`, the files of OUTPUT that the program needs as they are;
# `bare` and `host`, starters of the program as it is and of the compiled one. OUTPUT/precompiled is the compiled program; it is exchanged as a whole.
# Usage: precompile.sh COMPILER LISTS OUTPUT NAME
set -eu
compiler=$1 lists=$2 output=$3 name=$4
installed=$output/precompiled

# What the image is made of says whether it is the right one; times of files do not.
key=$({ cat "$0" "$lists/own" "$lists/arguments" "$lists/beside"; xargs -d '\n' cat <"$lists/own"; cat "$output/$name.deps.json" "$output/$name.runtimeconfig.json"; } | sha256sum)

# A starter is exchanged in one step. It looks older than the one in obj/, so that each build begins with putting that one back.
start_with() {
    cp "$lists/$1" "$output/$name.$$"
    chmod 755 "$output/$name.$$"
    touch -d 2001-01-01 "$output/$name.$$"
    mv -f "$output/$name.$$" "$output/$name"
}

current() {
    [ "$(cat "$installed/key" 2>/dev/null)" = "$key" ]
}

if ! current; then
    start_with bare
    rm -rf "$installed"
    # Of builds that were killed.
    find "$lists" -maxdepth 1 -name 'compiling.*' -mmin +60 -exec rm -rf {} +
    work=$(mktemp -d "$lists/compiling.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    mkdir "$work/program"
    # Links where the file system has them: the libraries are large.
    (cd "$output" && { xargs -d '\n' cp --link --parents -t "$work/program" <"$lists/beside" 2>/dev/null || xargs -d '\n' cp --parents -ft "$work/program" <"$lists/beside"; })
    # The build writes these again in place, so they must be no links.
    cp "$output/$name.deps.json" "$output/$name.runtimeconfig.json" "$work/program"
    "$compiler" "@$lists/own" "@$lists/arguments" --out "$work/program/BasinVolume.r2r.dll"
    [ -s "$work/program/BasinVolume.r2r.dll" ] && [ -s "$work/program/$name.dll" ]
    echo "$key" >"$work/program/key"
    mv -T "$work/program" "$installed" || current
fi
start_with host
