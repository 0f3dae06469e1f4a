/*
titel: Personeel van de praktijken
vraag: Hoeveel mensen werken er op de laatste dag van de maand in de lidpraktijken?
waarom: Laat zien of er genoeg mensen zijn om de zorg te leveren, en welke functies krap zijn.
teller: Aantal medewerkers in de laatste opgave per praktijk en functie tot en met de peildag (op dezelfde dag de hoogste), opgeteld.
noemer: Geen.
uitsluitingen: Het bureau zelf; praktijken die op die dag geen lid zijn.
maat: aantal
soort: stand
klasse: bureau
gebied: praktijk
bronnen: bureau
venster:
beter: geen
thema:
vakgroep:
aandoeningen:
begrippen:
strata: functie
jaarcijfer:
bron: Bureauregister, personeel
referentie: Jaarverslag 2022, Een jaar in cijfers
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

staff_counts as (
    select
        staff.practice_id,
        stg_periods.period_start,
        staff.function as stratum,
        staff.quantity,
        row_number() over (
            partition by staff.practice_id, staff.function, stg_periods.period_start
            order by staff.counted_on desc, staff.quantity desc
        ) as row_rank
    from staff
    inner join stg_periods
        on staff.counted_on <= stg_periods.period_end
),

latest as (
    select
        stg_memberships.practice_id,
        stg_practices.area_id,
        stg_memberships.period_start,
        staff_counts.stratum,
        staff_counts.quantity
    from stg_memberships
    inner join stg_practices
        on stg_memberships.practice_id = stg_practices.practice_id
    inner join staff_counts
        on
            stg_memberships.practice_id = staff_counts.practice_id
            and stg_memberships.period_start = staff_counts.period_start
    where staff_counts.row_rank = 1
),

parts as (
    select
        practice_id,
        area_id,
        period_start,
        cast(null as varchar) as stratum,
        quantity
    from latest
    union all
    select
        practice_id,
        area_id,
        period_start,
        stratum,
        quantity
    from latest
),

final as (
    select
        practice_id,
        area_id,
        period_start,
        stratum,
        cast(sum(quantity) as bigint) as numerator,
        cast(null as bigint) as denominator
    from parts
    group by practice_id, area_id, period_start, stratum
)

select * from final

/*
voorbeeld: per functie telt de laatste opgave; het bureau en wie geen lid meer is tellen niet
periode: 2022-12

practices
practice_id | area_id    | joined_on  | left_on
01000001    | nissewaard | 2010-01-01 |
01000002    | nissewaard | 2010-01-01 | 2022-12-31

staff
practice_id | counted_on | function        | quantity
01000001    | 2021-12-31 | huisarts        | 3
01000001    | 2022-12-31 | huisarts        | 2
01000001    | 2023-01-01 | huisarts        | 9
01000001    | 2021-12-31 | assistente      | 4
01000001    | 2021-12-31 | assistente      | 5
01000002    | 2022-06-30 | huisarts        | 1
bureau      | 2022-06-30 | praktijkmanager | 1

verwacht
practice_id | stratum    | numerator | denominator
01000001    |            | 7         |
01000001    | assistente | 5         |
01000001    | huisarts   | 2         |
*/
